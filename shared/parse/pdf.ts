import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { PDF_PAGES } from './bounds.ts';
import { type Draft, draftOf } from './draft.ts';
import { glyphsOf } from './pdf-glyphs.ts';
import { layOut, type PageLine } from './pdf-layout.ts';
import { Refusal } from './refusal.ts';

/** Fewer letters than this on a page with nothing else is a stamp or a page number on a scan. */
const LETTERS_PER_PAGE = 20;

/** Reads the text layer of a PDF, Arabic in logical order; a scan without one is refused as such. */
export async function readPdf(bytes: Uint8Array): Promise<Draft> {
  // Node 20 lacks this method of ArrayBuffer, which pdf.js calls (Lambda's Node 24 has it).
  const buffers = ArrayBuffer.prototype as { transferToFixedLength?: unknown };
  buffers.transferToFixedLength ??= function (this: ArrayBuffer) {
    return this.slice(0);
  };
  const { OPS } = await getResolvedPDFJS();
  const pdf = await opened(bytes);
  try {
    if (pdf.numPages > PDF_PAGES) {
      throw new Refusal(
        'too-many-members',
        `The PDF has ${pdf.numPages} pages, ${PDF_PAGES} are read.`,
      );
    }
    const pages: PageLine[][] = [];
    const warnings: string[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const lines = await pageLines(pdf, number, OPS);
      if (lines === null) warnings.push(`Page ${number} is damaged and was left out.`);
      else pages.push(lines);
    }
    const paragraphs = paragraphsOf(withoutRunningHeads(pages));
    const visible = paragraphs.join('\n');
    const letters = visible.match(/\p{L}/gu)?.length ?? 0;
    if (letters < LETTERS_PER_PAGE) throw new Refusal('scan-without-text');
    return draftOf({ visible, lines: paragraphs, title: titleOf(pages), warnings });
  } finally {
    await pdf.destroy();
  }
}

async function opened(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      stopAtErrors: false,
      verbosity: 0,
      isEvalSupported: false,
    });
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'PasswordException') throw new Refusal('encrypted');
    throw new Refusal('malformed', 'The PDF cannot be opened.');
  }
}

/** Null for a page that pdf.js cannot read. */
async function pageLines(
  pdf: Awaited<ReturnType<typeof opened>>,
  number: number,
  ops: Parameters<typeof glyphsOf>[2],
): Promise<PageLine[] | null> {
  try {
    const page = await pdf.getPage(number);
    const list = await page.getOperatorList();
    const lines = layOut(glyphsOf(list, page.commonObjs, ops));
    page.cleanup();
    return lines;
  } catch (error) {
    // pdf.js throws errors of many classes for damaged pages, none of which it exports.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** A line that stands on most pages at the same height is a running head or foot; page numbers too. */
function withoutRunningHeads(pages: readonly PageLine[][]): PageLine[][] {
  const key = ({ text, y }: PageLine): string =>
    `${text.replace(/\d+/g, '#')}@${Math.round(y / 4)}`;
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const line of new Set(page.map(key))) counts.set(line, (counts.get(line) ?? 0) + 1);
  const many = Math.max(3, pages.length * 0.5);
  return pages.map((page) => page.filter((line) => (counts.get(key(line)) ?? 0) < many));
}

/** Joins lines to paragraphs: a line that ends short of the margin, a wide gap or a change of size ends one. */
function paragraphsOf(pages: readonly PageLine[][]): string[] {
  const paragraphs: string[] = [];
  for (const lines of pages) {
    const gaps = lines.slice(1).map((line, i) => (lines[i] as PageLine).y - line.y);
    const usual = median(gaps.filter((gap) => gap > 0));
    const left = Math.min(...lines.map((line) => line.left));
    const right = Math.max(...lines.map((line) => line.right));
    const width = right - left;
    lines.forEach((line, i) => {
      const before = lines[i - 1];
      const isNew =
        before === undefined ||
        before.y - line.y > usual * 1.45 ||
        Math.abs(before.height - line.height) > 0.15 * line.height ||
        (before.isRtl ? before.left - left : right - before.right) > width * 0.18;
      if (isNew) paragraphs.push(line.text);
      else paragraphs[paragraphs.length - 1] += ` ${line.text}`;
    });
  }
  return paragraphs;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** The largest print near the top of the first page, when it is clearly larger than the text. */
function titleOf(pages: readonly PageLine[][]): string | null {
  const lines = pages.find((page) => page.length > 0) ?? [];
  const body = median(lines.map((line) => line.height));
  const top = lines.slice(0, 12);
  const largest = Math.max(0, ...top.map((line) => line.height));
  if (largest < body * 1.2) return null;
  const first = top.findIndex((line) => line.height > largest * 0.95);
  const title = [];
  for (const line of top.slice(first, first + 4)) {
    if (line.height <= largest * 0.95) break;
    title.push(line.text);
  }
  return title.join(' ');
}
