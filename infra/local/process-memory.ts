import { readFileSync } from 'node:fs';
import { errorCode } from './error-code.ts';

/** Pages are 4 KiB on every Linux that Node 20 runs on but a few arm64 ones, where this errs on the mild side. */
const PAGE_BYTES = 4096;

/** Resident bytes of a process and all its descendants, or null where the system does not tell (only Linux does). */
export function residentBytes(pid: number): number | null {
  const pages = fileOf(`/proc/${pid}/statm`)?.split(' ')[1];
  if (pages === undefined) return null;
  const children = fileOf(`/proc/${pid}/task/${pid}/children`)?.trim().split(' ') ?? [];
  return children
    .filter(Boolean)
    .reduce((sum, child) => sum + (residentBytes(Number(child)) ?? 0), Number(pages) * PAGE_BYTES);
}

/** Null for a process that is gone, and for a system without /proc. */
function fileOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}
