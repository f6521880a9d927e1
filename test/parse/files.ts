/** Makes real files of the formats, so that no binary fixture is needed. */
import { crc32, deflateRawSync } from 'node:zlib';
import { type ParseOptions, parse } from '../../shared/parse/parse.ts';
import type { Reading } from '../../shared/parse/reading.ts';

/** All readings of one upload. */
export async function readAll(
  key: string,
  content: string | Uint8Array,
  metadata: Record<string, string> = {},
  options: ParseOptions = {},
): Promise<Reading[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const readings: Reading[] = [];
  for await (const reading of parse({ key, bytes, metadata, contentType: null }, options)) {
    readings.push(reading);
  }
  return readings;
}

/** The article of an upload of one. */
export async function readOne(
  key: string,
  content: string | Uint8Array,
  metadata: Record<string, string> = {},
) {
  const [reading] = await readAll(key, content, metadata);
  if (reading?.kind !== 'article')
    throw new Error(`no article in ${key}: ${JSON.stringify(reading)}`);
  return reading.article;
}

export interface ZipFile {
  readonly name: string;
  readonly data: string | Uint8Array;
  /** What the directory claims, where it lies. */
  readonly claimedSize?: number;
  readonly encrypted?: boolean;
}

/** A zip with deflated entries. */
export function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claimedSize, encrypted = false } of files) {
    const content = Buffer.from(data as Uint8Array);
    const packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(encrypted ? 0x801 : 0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedSize ?? content.length, 18);
    fields.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, title, packed]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, central, title]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** A DOCX of paragraphs; the first gets the style Title. */
export function docx(paragraphs: readonly string[]): Buffer {
  const body = paragraphs
    .map(
      (text, i) =>
        `<w:p>${i === 0 ? '<w:pPr><w:pStyle w:val="Title"/></w:pPr>' : ''}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`,
    )
    .join('');
  return zip([
    { name: '[Content_Types].xml', data: '<Types/>' },
    {
      name: 'word/document.xml',
      data: `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    },
  ]);
}

/** An ODT of paragraphs. */
export function odt(paragraphs: readonly string[]): Buffer {
  const body = paragraphs.map((text) => `<text:p>${text}</text:p>`).join('');
  return zip([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text' },
    {
      name: 'content.xml',
      data: `<office:document-content><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    },
  ]);
}

/** A line of print: text drawn glyph by glyph from the left, as a page shows it. */
export interface PdfLine {
  readonly glyphs: readonly string[];
  readonly y: number;
  readonly size?: number;
}

/** A PDF whose font maps codes to any string (ToUnicode), as Arabic fonts map a ligature glyph to its letters. */
export function pdf(pages: readonly (readonly PdfLine[])[]): Buffer {
  const codes = new Map<string, number>();
  const code = (glyph: string): string => {
    if (!codes.has(glyph)) codes.set(glyph, codes.size + 33);
    return (codes.get(glyph) as number).toString(16).padStart(2, '0');
  };
  const streams = pages.map((lines) =>
    lines
      .map(
        ({ glyphs, y, size = 12 }) =>
          `BT /F1 ${size} Tf 1 0 0 1 50 ${y} Tm <${glyphs.map(code).join('')}> Tj ET`,
      )
      .join('\n'),
  );
  const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const map = [...codes].map(
    ([glyph, value]) => `<${value.toString(16).padStart(2, '0')}> <${hex(glyph)}>`,
  );
  const cmap = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange ${map.length} beginbfchar ${map.join('\n')} endbfchar endcmap end end`;
  const stream = (text: string): string =>
    `<< /Length ${Buffer.byteLength(text)} >>\nstream\n${text}\nendstream`;
  const first = 5;
  const kids = pages.map((_, i) => `${first + i * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 4 0 R >>',
    stream(cmap),
    ...streams.flatMap((text, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${first + i * 2 + 1} 0 R >>`,
      stream(text),
    ]),
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = Buffer.byteLength(out);
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = Buffer.byteLength(out);
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  out += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`;
  return Buffer.from(out);
}
