import PostalMime from 'postal-mime';
import { MAIL_DEPTH, MAIL_HEADER_BYTES } from './bounds.ts';
import { readDate } from './date-value.ts';
import { type Draft, draftOf } from './draft.ts';
import { readFragment } from './fragment.ts';
import { Refusal } from './refusal.ts';

/** `>` quotes, and what mail programs write above them; all after a signature's dashes. */
const QUOTED =
  /^\s*>|^(?:On .{5,200} wrote:|Le .{5,200} a écrit :|.{5,200} пишет:|في .{5,200} كتب:?)\s*$/;
const SIGNATURE = /^--\s?$/;
const FORWARDED = /^-{3,}\s*(?:forwarded|original) message\s*-{3,}|^-{3,}\s*رساله معاد توجيهها/i;
/** Replies and forwards put marks before the subject. */
const SUBJECT_MARKS = /^(?:(?:re|fwd?|tr|رد|إعادة توجيه|пересл|отв)\s*:\s*)+/i;

/** A mail (one article: subject, text, sender, date) or a page saved as MHTML. */
export async function readMail(bytes: Uint8Array): Promise<Draft> {
  const mail = await parsed(bytes);
  const header = (key: string): string | null =>
    mail.headers.find((found) => found.key === key)?.value.trim() ?? null;
  const url = header('snapshot-content-location') ?? header('content-location');
  const html = restoreWindows1252(mail.html ?? '');
  if (html !== '' && (/^multipart\/related/i.test(header('content-type') ?? '') || url !== null)) {
    const { readHtml } = await import('./html.ts');
    return readHtml(html, url !== null && /^https?:/.test(url) ? url : null);
  }
  const text = restoreWindows1252(mail.text ?? '');
  const body = text.trim() === '' ? readFragment(html) : readFragment(plainOnly(text));
  const subject = restoreWindows1252(mail.subject ?? '').replace(SUBJECT_MARKS, '');
  const date = readDate(header('date') ?? mail.date ?? '');
  const sender = mail.from === undefined || mail.from.address === undefined ? null : mail.from;
  const files = mail.attachments.filter(({ related }) => related !== true).length;
  return draftOf({
    visible: `${subject}\n${body.visible}`,
    lines: body.lines,
    title: subject === '' ? null : subject,
    byline: sender?.name || null,
    source: sender?.address.split('@')[1]?.toLowerCase() ?? null,
    published: date && { ...date, origin: 'mail', confidence: 0.85 },
    dropped: text.trim() === '' ? [] : quotedParts(text),
    warnings:
      files === 0
        ? []
        : [
            `${files} attached file${files === 1 ? ' was' : 's were'} not read; upload them by themselves.`,
          ],
  });
}

async function parsed(bytes: Uint8Array) {
  try {
    const parser = new PostalMime({
      maxNestingDepth: MAIL_DEPTH,
      maxHeadersSize: MAIL_HEADER_BYTES,
      rfc822Attachments: false,
    });
    return await parser.parse(bytes);
  } catch (error) {
    // postal-mime throws plain errors, for its limits and for nothing else that bytes can cause.
    if (!(error instanceof Error)) throw error;
    throw new Refusal('malformed', `The mail cannot be read (${error.message.slice(0, 120)}).`);
  }
}

/** The mail's own text: neither what it quotes nor the signature. */
function plainOnly(text: string): string {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => SIGNATURE.test(line));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .filter((line) => !QUOTED.test(line) && !FORWARDED.test(line))
    .join('\n');
}

function quotedParts(text: string): { text: string; reason: string }[] {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => SIGNATURE.test(line));
  const quoted = lines.slice(0, end < 0 ? undefined : end).filter((line) => QUOTED.test(line));
  const signature = end < 0 ? [] : lines.slice(end + 1).filter((line) => line.trim() !== '');
  return [
    ...quoted.map((line) => ({ text: line, reason: 'quoted-mail' })),
    ...signature.map((line) => ({ text: line, reason: 'signature' })),
  ];
}

/** `TextDecoder` of Node 20.20.2 leaves C1 controls where windows-1252 has quotes and dashes (see `charset.ts`). */
function restoreWindows1252(text: string): string {
  const signs = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
  return text.replace(/[\u0080-\u009f]/g, (c) => signs[c.charCodeAt(0) - 0x80] as string);
}
