import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';

/** Another process has the state folder; the message says which, and what to do. */
export class StateInUseError extends Error {
  override readonly name = 'StateInUseError';
}

/**
 * Takes the state folder for this process and returns what gives it back. Two hosts on one folder would write over
 * each other, so a second one is refused with an error that names the first.
 */
export function lockState(stateDir: string): () => void {
  mkdirSync(stateDir, { recursive: true });
  const file = join(stateDir, 'lock');
  const holder = pidIn(file);
  if (holder !== null && isAlive(holder)) {
    throw new StateInUseError(
      `${stateDir} is in use by process ${holder}: stop that one first, or choose another folder ` +
        `(if process ${holder} is something else, delete ${file})`,
    );
  }
  rmSync(file, { force: true });
  // `wx`: of two that start at once, the second fails here instead of sharing.
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  return () => rmSync(file, { force: true });
}

function pidIn(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, but another user's.
    return errorCode(error) !== 'ESRCH';
  }
}
