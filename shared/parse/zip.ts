import { Buffer } from 'node:buffer';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { ZIP_ENTRIES, ZIP_ENTRY_BYTES, ZIP_TOTAL_BYTES } from './bounds.ts';
import { decode } from './charset.ts';
import { Refusal } from './refusal.ts';

/** A zip whose directory was read; nothing is unpacked yet. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];
}

export interface ArchiveEntry {
  readonly name: string;
  /** Unpacks it; a Refusal says why it cannot be. */
  readonly read: () => Promise<Uint8Array>;
}

/** What systems leave in archives that nobody put there. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)|\/$/;
/** Names are never used as paths; one that points out of the archive is still no honest file. */
const OUTSIDE = /^(?:[a-z]:|[\\/])|(?:^|[\\/])\.\.(?:[\\/]|$)/i;

/** Reads the directory of a zip: bounded in number, sizes as said there; the bytes are checked when an entry is read. */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const file = await opened(bytes);
  if (file.entryCount > ZIP_ENTRIES) {
    throw new Refusal(
      'too-many-members',
      `The archive has ${file.entryCount} files, ${ZIP_ENTRIES} are read.`,
    );
  }
  const entries: ArchiveEntry[] = [];
  let total = 0;
  try {
    for await (const entry of file.eachEntry()) {
      const name = nameOf(entry);
      if (LITTER.test(name)) continue;
      total += entry.uncompressedSize;
      const isOver = total > ZIP_TOTAL_BYTES;
      entries.push({ name, read: () => readEntry(file, entry, name, isOver) });
    }
  } catch (error) {
    throw damaged(error);
  }
  return { entries };
}

async function opened(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return await fromBufferPromise(buffer, {
      lazyEntries: true,
      decodeStrings: false,
      autoClose: false,
    });
  } catch (error) {
    throw damaged(error);
  }
}

/** yauzl answers every broken structure with an Error that says where. */
function damaged(error: unknown): Refusal {
  const found = error instanceof Error ? ` (${error.message.slice(0, 120)})` : '';
  return new Refusal('malformed', `The archive is damaged${found}.`);
}

/** UTF-8 where flagged or valid; old archivers wrote the code page of the machine. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  return (decode(raw, null)?.text ?? raw.toString('latin1')).replace(/\p{Cc}/gu, '').slice(0, 300);
}

async function readEntry(
  file: ZipFile,
  entry: Entry,
  name: string,
  isOver: boolean,
): Promise<Uint8Array> {
  if (OUTSIDE.test(name))
    throw new Refusal('malformed', 'The name of this file leads out of the archive.');
  if (entry.isEncrypted()) throw new Refusal('encrypted');
  if (entry.uncompressedSize > ZIP_ENTRY_BYTES || isOver) throw new Refusal('too-large');
  if (!entry.canDecodeFileData())
    throw new Refusal('unknown-format', 'This file is packed in a way that is not read.');
  const parts: Buffer[] = [];
  try {
    // yauzl checks that neither more nor fewer bytes come than the directory says.
    for await (const part of await file.openReadStreamPromise(entry)) parts.push(part as Buffer);
  } catch (error) {
    throw damaged(error);
  }
  return Buffer.concat(parts);
}
