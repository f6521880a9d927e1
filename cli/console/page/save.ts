/** Pixels of a saved picture for each of the drawing's: sharp on paper. */
const SCALE = 2;

/** Hands the person a file. */
export function save(content: BlobPart, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export function saveSvg(drawing: SVGSVGElement, name: string): void {
  save(sourceOf(drawing), 'image/svg+xml', `${name}.svg`);
}

/** @throws Error when the browser cannot draw its own drawing. */
export async function savePng(drawing: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = drawing.viewBox.baseVal;
  const picture = new Image();
  const address = URL.createObjectURL(new Blob([sourceOf(drawing)], { type: 'image/svg+xml' }));
  picture.src = address;
  await picture.decode();
  URL.revokeObjectURL(address);
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    if (blob === null) throw new Error('the browser could not make a PNG of the drawing');
    save(blob, 'image/png', `${name}.png`);
  });
}

/** The drawing as a file of its own: with its ground, its font and its ink, which the page gave it. */
function sourceOf(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const { color, fontFamily } = getComputedStyle(drawing);
  const { backgroundColor } = getComputedStyle(document.querySelector('.drawing') ?? document.body);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [key, value] of Object.entries({
    width: '100%',
    height: '100%',
    fill: backgroundColor,
  }))
    ground.setAttribute(key, value);
  copy.prepend(ground);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('color', color);
  copy.setAttribute('font-family', `${fontFamily}, sans-serif`);
  for (const shape of copy.querySelectorAll('[role="link"]'))
    for (const name of ['role', 'tabindex', 'aria-label']) shape.removeAttribute(name);
  return new XMLSerializer().serializeToString(copy);
}
