import { decode } from './charset.ts';
import { repairMojibake } from './mojibake.ts';
import { CONTROL, odditiesOf } from './oddities.ts';
import { Refusal } from './refusal.ts';

/** Control characters that text may hold here and there, as a share of its characters; more is another kind of file. */
const CONTROL_SHARE = 0.01;
/** What is looked at to tell text from other data. */
const SAMPLE_CHARS = 65_536;

const CONTROLS = new RegExp(CONTROL, 'g');

/** Bytes as text, with what was odd about them; refuses what is no text in any encoding. */
export function decodeText(bytes: Uint8Array): { text: string; warnings: readonly string[] } {
  const decoded = decode(bytes);
  if (decoded === null)
    throw new Refusal(controlShare(bytes) > CONTROL_SHARE ? 'binary' : 'undecodable');
  const { text, warnings } = decoded;
  if (odditiesOf(text) === 0) return { text, warnings };
  const sample = text.slice(0, SAMPLE_CHARS);
  const controls = sample.match(CONTROLS)?.length ?? 0;
  if (controls > Math.max(2, sample.length * CONTROL_SHARE)) throw new Refusal('binary');
  const odd = controls > 0 ? ['Control characters were left out.'] : [];
  const already = text.match(/\ufffd/g)?.length ?? 0;
  if (already > 0) {
    // The file itself holds U+FFFD: what stood there was lost before it came here.
    if (already > sample.length * CONTROL_SHARE) throw new Refusal('undecodable');
    odd.push(
      `${already} character${already === 1 ? ' was' : 's were'} lost before the file came here.`,
    );
  }
  const repaired = repairMojibake(text);
  if (repaired === null) return { text, warnings: [...warnings, ...odd] };
  return { text: repaired.text, warnings: [...warnings, repaired.warning, ...odd] };
}

function controlShare(bytes: Uint8Array): number {
  const sample = bytes.subarray(0, SAMPLE_CHARS);
  let controls = 0;
  for (const byte of sample) if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) controls++;
  return controls / Math.max(1, sample.length);
}
