import { hasCsvHeader } from './csv-header.ts';

/** Kinds of file that are told apart. */
export type Format =
  | 'text'
  | 'markdown'
  | 'html'
  | 'json'
  | 'ndjson'
  | 'csv'
  | 'feed'
  | 'xml'
  | 'mail'
  | 'rtf'
  | 'pdf'
  | 'zip'
  | 'gzip'
  | 'picture'
  | 'old-office'
  | 'other-archive'
  | 'program';

/** First bytes of files that are no text, in hexadecimal. */
const MAGIC: readonly (readonly [RegExp, Format])[] = [
  [/^504b(?:0304|0506|0708)/, 'zip'],
  [/^1f8b/, 'gzip'],
  // PNG, JPEG, GIF, TIFF, MP4 and HEIC, MP3, Ogg, icon; WebP, WAV and AVI in RIFF
  [
    /^(?:89504e47|ffd8ff|47494638|49492a00|4d4d002a|.{8}66747970|494433|4f676753|00000100|52494646.{8}(?:57454250|57415645|41564920))/,
    'picture',
  ],
  [/^d0cf11e0a1b11ae1/, 'old-office'],
  // RAR, 7z, bzip2, xz, zstd; tar says so at byte 257
  [
    /^(?:52617221|377abcaf|425a68[0-9a-f]{2}314159|fd377a585a|28b52ffd|.{514}7573746172)/,
    'other-archive',
  ],
  // ELF, Windows, Java, macOS, SQLite
  [/^(?:7f454c46|4d5a.{2,240}50450000|cafebabe|cffaedfe|53514c69746520666f726d6174)/, 'program'],
];
/** How one of these begins, read as Latin-1; all of them in hexadecimal only for what begins so. */
const MAY_BE_MAGIC =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: files that are no text begin with them
  /^(?:[P\x1f\x89\xffGIM\0OR\xd07B\xfd(\x7f\xca\xcfS]|[\s\S]{4}ftyp|[\s\S]{257}ustar)/;
/** A PDF may start late: readers look in the first kilobyte. */
const PDF = /%PDF-\d/;

/** The format by its first bytes, for files that are not plain text; null when the bytes may be text. */
export function binaryFormat(bytes: Uint8Array): Format | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024));
  const latin = head.toString('latin1');
  const hex = MAY_BE_MAGIC.test(latin) ? head.toString('hex') : '';
  for (const [magic, format] of MAGIC) if (magic.test(hex)) return format;
  return PDF.test(latin) && !/^\s*[<{[]/.test(latin) ? 'pdf' : null;
}

const MAIL_FIELD =
  /^(?:from|to|subject|date|message-id|mime-version|received|return-path|content-type|content-transfer-encoding|delivered-to|reply-to|x-[\w-]+|dkim-signature|snapshot-content-location)\s*:/i;
const HTML_START =
  /^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/i;
const HTML_TAG =
  /<(?:html|head|body|title|meta|div|p|article|section|main|span|table|h[1-6]|ul|br|a\s[^>]{0,200}href)[\s>/]/gi;
const FEED_ROOT = /<(?:rss|feed|rdf:RDF)[\s>]/i;

/** The format of text by what it says, its name only where that does not tell. */
export function textFormat(text: string, name: string): Format {
  const start = text.slice(0, 8_192).replace(/^\ufeff/, '');
  const extension = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const sign = /\S/.exec(start)?.[0];
  if (sign === '{' && /^\s*\{\\rtf/.test(start)) return 'rtf';
  if (isMail(start)) return 'mail';
  if (sign === '<') {
    if (HTML_START.test(start)) return 'html';
    if (/^\s*<(?:\?xml|rss|feed|rdf)/i.test(start)) {
      if (FEED_ROOT.test(start)) return 'feed';
      return /<html[\s>]/i.test(start) ? 'html' : 'xml';
    }
  }
  if ((sign === '{' || sign === '[') && looksLikeJson(text, extension)) return jsonKind(text);
  if (extension === 'csv' || extension === 'tsv' || hasCsvHeader(start)) return 'csv';
  const tags = start.includes('<') ? (start.match(HTML_TAG)?.length ?? 0) : 0;
  if (/^x?html?$/.test(extension) ? tags > 0 : tags >= 4) return 'html';
  if (
    /^(?:md|markdown|mdx)$/.test(extension) ||
    (sign === '-' && /^---\r?\n[\w-]+:[\s\S]{0,4000}?\n---\r?\n/.test(start))
  )
    return 'markdown';
  return 'text';
}

/** At least two known header fields, one a line, before the first empty line. */
function isMail(start: string): boolean {
  if (!MAIL_FIELD.test(start) && !/^From \S+@/.test(start)) return false;
  const lines = start.split(/\r?\n/, 60);
  const end = lines.indexOf('');
  const head = end < 0 ? lines : lines.slice(0, end);
  const fields = head.filter((line) => MAIL_FIELD.test(line)).length;
  const strange = head.filter((line) => !/^[\w-]+\s*:|^[ \t]|^From /.test(line)).length;
  return fields >= 2 && strange === 0;
}

/** `[` may open a note in plain text, `{` a template: JSON has a quote, a bracket or a number behind it. */
function looksLikeJson(text: string, extension: string): boolean {
  if (/^(?:json|ndjson|jsonl|geojson)$/.test(extension)) return true;
  return /^\s*(?:\{\s*(?:"|\})|\[\s*(?:\{|\[|"|\]))/.test(text);
}

/** Several lines that are an object each, and not one document. */
function jsonKind(text: string): 'json' | 'ndjson' {
  const firstLine = text.trimStart().split(/\r?\n/, 1)[0]?.trim() ?? '';
  const rest = text.trimStart().slice(firstLine.length).trim();
  return firstLine.startsWith('{') && firstLine.endsWith('}') && rest.startsWith('{')
    ? 'ndjson'
    : 'json';
}
