import { readDate } from './date-value.ts';
import { type Draft, draftOf } from './draft.ts';
import { fieldOf } from './field-names.ts';

/** `---` lines around `key: value` at the start, as site generators write it. */
const FRONT_MATTER = /^\ufeff?---\r?\n([\s\S]{0,8000}?)\r?\n---\r?\n/;

/** Markdown as its text: marks of headings, emphasis, links, lists, quotes and code taken away, pictures left out. */
export function readMarkdown(text: string): Draft {
  const front = FRONT_MATTER.exec(text);
  const said = frontMatter(front?.[1] ?? '');
  const body = text.slice(front?.[0].length ?? 0);
  const lines = body.split(/\r\n?|\n/);
  let title = said.get('title') ?? null;
  const kept: string[] = [];
  lines.forEach((line, i) => {
    const isUnderline = /^(?:=+|-{3,})\s*$/.test(line);
    if (isUnderline || /^(?:```|~~~|\|?[\s:|-]+\|[\s:|-]*$|\*{3,}$|_{3,}$)/.test(line.trim())) {
      if (isUnderline && line.startsWith('=') && title === null) title = kept.at(-1) ?? null;
      return;
    }
    const isTitle = /^#\s+\S/.test(line) || /^=+\s*$/.test(lines[i + 1] ?? '');
    const plain = withoutMarks(line);
    if (isTitle && title === null) title = plain;
    kept.push(plain);
  });
  const date = said.get('published');
  const read = date === undefined ? null : readDate(date);
  return draftOf({
    visible: `${said.get('title') ?? ''}\n${kept.join('\n')}`,
    lines: kept,
    chosen: title !== null,
    title,
    byline: said.get('byline') ?? null,
    source: said.get('source') ?? null,
    url: said.get('url') ?? null,
    lang: said.get('lang')?.slice(0, 2).toLowerCase() ?? null,
    published: read && { ...read, origin: 'field', confidence: 0.9 },
  });
}

function frontMatter(block: string): Map<string, string> {
  const said = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const [, key = '', value = ''] = /^([\p{L}\w -]{1,40}):\s*(.{1,1000})$/u.exec(line) ?? [];
    const field = fieldOf(key);
    const bare = value.trim().replace(/^(["'])(.*)\1$/, '$2');
    if (field !== null && bare !== '' && !said.has(field)) said.set(field, bare);
  }
  return said;
}

function withoutMarks(line: string): string {
  return line
    .slice(0, 200_000)
    .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)+/, '')
    .replace(/\s+#+\s*$/, '')
    .replace(/!\[[^\]]{0,500}\]\([^()\s]{0,2000}(?:\s"[^"]{0,500}")?\)/g, '')
    .replace(/\[([^\][]{0,1000})\]\([^()\s]{0,2000}(?:\s"[^"]{0,500}")?\)/g, '$1')
    .replace(/\[([^\][]{1,1000})\]\[[^\][]{0,200}\]/g, '$1')
    .replace(/<(https?:[^<>\s]{1,2000})>/g, '$1')
    .replace(/<\/?[a-z][^<>]{0,500}>/gi, '')
    .replace(/(\*\*\*|\*\*|\*|___|__|~~|`+)(?=\S)(.{1,2000}?)(?<=\S)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}])_(?=\S)([^_]{1,500})(?<=\S)_(?![\p{L}\p{N}])/gu, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1');
}
