/** What is wrong with a watchlist, where, and what to do about it. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to write instead, or where to look. */
  readonly hint: string;
}

/** A place in a watchlist's source. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Collects problems: nothing about a watchlist is thrown, so that a person sees all of them at once. */
export type Report = (at: Place, message: string, hint: string) => void;

/** `file:line:column: message (hint)`, as editors and terminals link it. */
export function formatProblem({ file, line, column, message, hint }: Problem): string {
  return `${file}:${line}:${column}: ${message}${hint === '' ? '' : ` (${hint})`}`;
}
