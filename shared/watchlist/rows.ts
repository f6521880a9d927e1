/** Where a row ends; where it starts if it was left out. */
export function rowEnd(start: Int32Array, row: number): number {
  return start[row + 1] ?? start[start.length - 1] ?? 0;
}

/** Where a row starts. */
export function rowStart(start: Int32Array, row: number): number {
  return start[row] ?? start[start.length - 1] ?? 0;
}
