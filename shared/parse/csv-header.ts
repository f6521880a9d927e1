import { fieldOf } from './field-names.ts';

const DELIMITERS = [',', ';', '\t', '|'];
/** A first line as far as no line end in quotes may make it longer. */
const LINE = /^[^\r\n"]*(?:"[\s\S]*)?/;

/** True when the first line names at least two fields of an article, one of them a headline or a text. */
export function hasCsvHeader(text: string): boolean {
  return csvHeader(text) !== null;
}

/** The columns and what parts them; null when the first line is no header of articles. */
export function csvHeader(text: string): { delimiter: string; names: string[] } | null {
  const start = text.slice(0, 4_096);
  const line = LINE.exec(start)?.[0] ?? '';
  for (const delimiter of DELIMITERS) {
    if (!line.includes(delimiter)) continue;
    const [names = []] = csvRows(start, delimiter);
    const fields = names.map(fieldOf);
    const known = fields.filter((field) => field !== null).length;
    const tells = fields.includes('body') || fields.includes('title');
    // In prose a comma parts words: a header has no long cells.
    if (known >= 2 && tells && names.every((name) => name.length <= 60))
      return { delimiter, names };
  }
  return null;
}

/** RFC 4180: quoted cells hold delimiters, line ends and doubled quotes. */
export function* csvRows(text: string, delimiter: string): Generator<string[]> {
  const special = new RegExp(`["\\r\\n${delimiter === '|' ? '\\|' : delimiter}]`, 'g');
  let row: string[] = [];
  let cell = '';
  let at = 0;
  while (at <= text.length) {
    if (text[at] === '"' && cell === '') {
      const [quoted, next] = quotedAt(text, at + 1);
      cell += quoted;
      at = next;
    }
    special.lastIndex = at;
    const match = special.exec(text);
    const end = match?.index ?? text.length;
    cell += text.slice(at, end);
    const sign = text[end];
    at = end + 1;
    if (sign === '"') {
      cell += '"';
      continue;
    }
    row.push(cell.trim());
    cell = '';
    if (sign === delimiter) continue;
    if (sign === '\r' && text[at] === '\n') at++;
    if (sign === undefined && row.length === 1 && row[0] === '') return;
    yield row;
    row = [];
  }
}

/** The text of a quoted cell from behind its quote, and where it ends. */
function quotedAt(text: string, start: number): [string, number] {
  const parts: string[] = [];
  let from = start;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return [parts.join('') + text.slice(from), text.length];
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return [parts.join(''), quote + 1];
    parts.push('"');
    from = quote + 2;
  }
}
