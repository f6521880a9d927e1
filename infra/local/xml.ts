/** Text for XML; control characters as references, which is what S3 does with a key that has them. */
export function xml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them
  return text.replace(/[<>&"'\u0000-\u001f\ufffe\uffff]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** One element with escaped text; nothing for null. */
export function element(name: string, text: string | number | boolean | null): string {
  return text === null ? '' : `<${name}>${xml(String(text))}</${name}>`;
}

/** The insides of all elements of this name, in order; enough for the small documents that clients send. */
export function insidesOf(document: string, name: string): string[] {
  const found = document.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'));
  return [...found].map((match) => match[1] ?? '');
}

/** The text of the first element of this name, or null. */
export function textOf(document: string, name: string): string | null {
  const [inside] = insidesOf(document, name);
  return inside === undefined ? null : unescapeXml(inside);
}

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi,
    (_, hex, decimal, name) =>
      name
        ? (NAMED[name] ?? '')
        : String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10)),
  );
}
