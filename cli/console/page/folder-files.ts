import type { NamedFile } from './droppings.ts';

/** The files that were dropped, those inside folders too, each by its path from where it was dropped. */
export async function droppedFiles(transfer: DataTransfer | null): Promise<NamedFile[]> {
  // The list is emptied once the event is over: the entries must be taken before anything is waited for.
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesUnder))).flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<NamedFile[]> {
  const name = entry.fullPath.replace(/^\//, '');
  if (isFile(entry))
    return [{ name, file: await new Promise<File>((...ends) => entry.file(...ends)) }];
  if (!isFolder(entry)) return [];
  const inside = await entriesIn(entry.createReader());
  return (await Promise.all(inside.map(filesUnder))).flat();
}

/** A folder is read in parts; an empty one is the end. */
async function entriesIn(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const part = await new Promise<FileSystemEntry[]>((...ends) => reader.readEntries(...ends));
  return part.length === 0 ? [] : [...part, ...(await entriesIn(reader))];
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
