import { Parser } from 'htmlparser2';
import { XML_DEPTH } from './bounds.ts';
import { type Draft, draftOf } from './draft.ts';
import { Refusal } from './refusal.ts';
import type { Archive } from './zip.ts';

/** Office files that are zips, by an entry that only they have. */
export type OfficeKind = 'docx' | 'odt' | 'other';

/** Which office format an archive is; null for an ordinary archive. */
export function officeKind({ entries }: Archive): OfficeKind | null {
  const names = new Set(entries.map(({ name }) => name));
  if (names.has('word/document.xml')) return 'docx';
  if (names.has('content.xml') && names.has('mimetype')) return 'odt';
  const isOther = [
    '[Content_Types].xml',
    'META-INF/container.xml',
    'META-INF/MANIFEST.MF',
    'AndroidManifest.xml',
  ];
  return isOther.some((name) => names.has(name)) ? 'other' : null;
}

interface Paragraph {
  readonly text: string;
  readonly isTitle: boolean;
}

/** Reads the paragraphs of a DOCX or ODT: no macros, no pictures, no deleted text, no notes. */
export async function readOffice(archive: Archive, kind: 'docx' | 'odt'): Promise<Draft> {
  const xml = async (name: string): Promise<string | null> => {
    const entry = archive.entries.find((found) => found.name === name);
    return entry === undefined ? null : new TextDecoder('utf-8').decode(await entry.read());
  };
  const main = await xml(kind === 'docx' ? 'word/document.xml' : 'content.xml');
  if (main === null) throw new Refusal('malformed');
  if (
    kind === 'odt' &&
    /manifest:encryption-data/.test((await xml('META-INF/manifest.xml')) ?? '')
  ) {
    throw new Refusal('encrypted');
  }
  const paragraphs = kind === 'docx' ? paragraphsOf(main, DOCX) : paragraphsOf(main, ODT);
  const about = await xml(kind === 'docx' ? 'docProps/core.xml' : 'meta.xml');
  const title = paragraphs.find(({ isTitle, text }) => isTitle && text.trim() !== '')?.text ?? null;
  const visible = paragraphs.map(({ text }) => text).join('\n');
  return draftOf({
    visible,
    lines: visible.split('\n'),
    title,
    byline: about === null ? null : creatorOf(about),
  });
}

/** Names that one of the formats gives to the same things. */
interface Dialect {
  readonly paragraph: ReadonlySet<string>;
  /** Elements whose text counts; null when all text in a paragraph does. */
  readonly text: ReadonlySet<string> | null;
  readonly skipped: ReadonlySet<string>;
  readonly signs: Readonly<Record<string, string>>;
  readonly isTitle: (name: string, attributes: Readonly<Record<string, string>>) => boolean;
}

const TITLE_STYLE = /^(?:title|heading ?1|heading_20_1|titre|titre1|العنوان|عنوان1?|заголовок1?)$/i;

const DOCX: Dialect = {
  paragraph: new Set(['w:p']),
  text: new Set(['w:t']),
  // A fallback repeats the text of a drawing for old readers.
  skipped: new Set([
    'w:del',
    'w:moveFrom',
    'w:instrText',
    'mc:Fallback',
    'w:footnote',
    'w:comment',
  ]),
  signs: { 'w:tab': '\t', 'w:br': '\n', 'w:cr': '\n', 'w:noBreakHyphen': '-' },
  isTitle: (name, a) => name === 'w:pStyle' && TITLE_STYLE.test(a['w:val'] ?? ''),
};
const ODT: Dialect = {
  paragraph: new Set(['text:p', 'text:h']),
  text: null,
  skipped: new Set([
    'text:tracked-changes',
    'office:annotation',
    'text:note',
    'office:forms',
    'text:table-of-content',
  ]),
  signs: { 'text:tab': '\t', 'text:line-break': '\n', 'text:s': ' ' },
  isTitle: (name, a) =>
    (name === 'text:p' && TITLE_STYLE.test(a['text:style-name'] ?? '')) ||
    (name === 'text:h' && a['text:outline-level'] === '1'),
};

function paragraphsOf(xml: string, dialect: Dialect): Paragraph[] {
  const done: Paragraph[] = [];
  /** Text boxes hold paragraphs in a paragraph: innermost last. */
  const open: { text: string; isTitle: boolean }[] = [];
  let depth = 0;
  let skipping = 0;
  let inText = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (++depth > XML_DEPTH) throw new Refusal('malformed', 'The document is nested too deep.');
        if (skipping > 0 || dialect.skipped.has(name)) skipping++;
        if (skipping > 0) return;
        if (dialect.paragraph.has(name)) open.push({ text: '', isTitle: false });
        if (dialect.text?.has(name)) inText++;
        const paragraph = open.at(-1);
        if (paragraph === undefined) return;
        paragraph.text += dialect.signs[name] ?? '';
        paragraph.isTitle ||= dialect.isTitle(name, attributes);
      },
      ontext(text) {
        const paragraph = open.at(-1);
        if (paragraph !== undefined && skipping === 0 && (dialect.text === null || inText > 0))
          paragraph.text += text;
      },
      onclosetag(name) {
        depth--;
        if (skipping > 0) {
          skipping--;
          return;
        }
        if (dialect.text?.has(name)) inText--;
        if (!dialect.paragraph.has(name)) return;
        const paragraph = open.pop();
        if (paragraph !== undefined) done.push(paragraph);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(xml);
  parser.end();
  return done;
}

/** `dc:creator`, unless it is what the software put there. */
function creatorOf(xml: string): string | null {
  const name = /<(?:dc:creator|meta:initial-creator)>([^<]{2,120})</.exec(xml)?.[1]?.trim() ?? '';
  return name === '' ||
    /^(?:user|admin|administrator|microsoft|windows|pc|python-docx|unknown)\b/i.test(name)
    ? null
    : name;
}
