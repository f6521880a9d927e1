import type { Rejection } from './reading.ts';

/** Reason to advice: what is wrong and what to do, for the person who dropped the file. The only such table. */
export const ADVICE: Readonly<Record<Rejection, string>> = {
  empty: 'The file is empty. Upload it again once it has text.',
  'no-text':
    'There are too few letters to be an article. If the page builds its text by script, save it from the browser as it is shown.',
  binary:
    'This is not text (an image, sound, program or damaged file). Upload the text of the article.',
  'unknown-format':
    'This kind of file is not read. Save it as text, HTML, PDF, DOCX, ODT or RTF and upload it again.',
  undecodable:
    'The characters cannot be read in any encoding we know. Save the file as UTF-8 and upload it again.',
  malformed: 'The file is damaged or not what its name says. Open it, save it again and upload it.',
  'too-large':
    'The file is larger than an article can be (10 MB, or 25 MB for PDF, office and archive files). Split it and upload the parts.',
  'too-many-members':
    'There are more articles in this file than are read at once. Split it and upload the parts.',
  'too-expensive':
    'Reading this file takes more time or memory than an article should. Save its text alone and upload that.',
  'nested-archive': 'An archive inside an archive is not opened. Unpack it and upload the files.',
  encrypted: 'The file is protected by a password. Save it without and upload it again.',
  'scan-without-text':
    'The pages are pictures without a text layer. Run text recognition (OCR) on it and upload the result.',
};

/** Thrown inside the readers, turned into a rejection at the border of `parse`; never leaves it. */
export class Refusal extends Error {
  readonly reason: Rejection;
  /** The table's advice, with what was found in this file. */
  readonly advice: string;

  constructor(reason: Rejection, found?: string) {
    const advice = found === undefined ? ADVICE[reason] : `${found} ${ADVICE[reason]}`;
    super(`${reason}: ${advice}`);
    this.name = 'Refusal';
    this.reason = reason;
    this.advice = advice;
  }
}
