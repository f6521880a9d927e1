import { RTF_DEPTH } from './bounds.ts';
import { decodeAs, knownEncoding } from './charset.ts';
import { type Draft, draftOf } from './draft.ts';
import { Refusal } from './refusal.ts';

/** Windows charset numbers of fonts to code pages. */
const CHARSET_PAGE: Readonly<Record<string, string>> = {
  '0': 'windows-1252',
  '161': 'windows-1253',
  '162': 'windows-1254',
  '177': 'windows-1255',
  '178': 'windows-1256',
  '186': 'windows-1257',
  '204': 'windows-1251',
  '238': 'windows-1250',
};
/** Groups that are not the text. */
const HIDDEN = new Set(
  'fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl footerr footerf listtable listoverridetable rsidtbl generator themedata datastore latentstyles fldinst footnote annotation xmlnstbl filetbl revtbl nonshppict shppict'.split(
    ' ',
  ),
);
const SIGNS: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  cell: '\t',
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  zwnj: '\u200c',
};
/** `\control-12 `, `\'e1`, `\~`, a brace, or plain text */
const TOKEN =
  /\\([a-z]{1,32})(-?\d{1,9})? ?|\\'([\da-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/gi;

interface Group {
  readonly hidden: boolean;
  readonly page: string;
  /** Characters to skip after \uN, for readers without Unicode. */
  readonly skip: number;
}

/** Rich Text: code pages by font (\fcharset178 is Arabic), \uN characters, paragraphs. */
export function readRtf(source: string): Draft {
  const fonts = fontPages(source.slice(0, 200_000));
  const page = /\\ansicpg(\d{3,5})/.exec(source.slice(0, 2_000))?.[1];
  const main = knownEncoding(`windows-${page ?? '1252'}`) ?? 'windows-1252';
  const text = textOf(source, fonts, main);
  return draftOf({ visible: text, lines: text.split('\n') });
}

function fontPages(head: string): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const [, font = '', charset = ''] of head.matchAll(
    /\\f(\d{1,5})(?:\\\w{1,20})*?\\fcharset(\d{1,3})/g,
  )) {
    const page = CHARSET_PAGE[charset];
    if (page !== undefined) pages.set(font, page);
  }
  return pages;
}

function textOf(source: string, fonts: ReadonlyMap<string, string>, main: string): string {
  const out: string[] = [];
  const stack: Group[] = [];
  let group: Group = { hidden: false, page: main, skip: 1 };
  let bytes: number[] = [];
  let toSkip = 0;
  let star = false;
  const flush = (): void => {
    if (bytes.length > 0) out.push(decodeAs(Uint8Array.from(bytes), group.page));
    bytes = [];
  };
  const control = (word: string, value: string | undefined): void => {
    if (star || HIDDEN.has(word)) group = { ...group, hidden: true };
    if (word === 'uc') group = { ...group, skip: Number(value ?? 1) };
    if (word === 'f' && value !== undefined) {
      flush();
      group = { ...group, page: fonts.get(value) ?? main };
    }
    if (word === 'v') group = { ...group, hidden: value !== '0' };
    if (group.hidden) return;
    if (word === 'u' && value !== undefined) {
      flush();
      out.push(String.fromCharCode(Number(value) & 0xffff));
      toSkip = group.skip;
      return;
    }
    const sign = SIGNS[word];
    if (sign === undefined) return;
    flush();
    out.push(sign);
  };
  for (const [all, word, value, hex, sign, brace, plain] of source.matchAll(TOKEN)) {
    if (word !== undefined) control(word.toLowerCase(), value);
    else if (hex !== undefined && !group.hidden) {
      if (toSkip > 0) toSkip--;
      else bytes.push(Number.parseInt(hex, 16));
    } else if (brace === '{') {
      flush();
      if (stack.length >= RTF_DEPTH) throw new Refusal('malformed', 'The RTF is nested too deep.');
      stack.push(group);
    } else if (brace === '}') {
      flush();
      group = stack.pop() ?? group;
      toSkip = 0;
    } else if (plain !== undefined && !group.hidden) {
      flush();
      out.push(plain.slice(Math.min(toSkip, plain.length)));
      toSkip = Math.max(0, toSkip - plain.length);
    } else if (sign !== undefined && !group.hidden) {
      flush();
      if (sign === '~') out.push('\u00a0');
      else if (sign === '\n' || sign === '\r') out.push('\n');
      else if (/[\\{}]/.test(sign)) out.push(sign);
    }
    star = all.trim() === '\\*';
  }
  flush();
  return out.join('');
}
