/** Where a row ends; where the last one does if it was left out. Compared first: reading past a typed array is slow. */
export function rowEnd(start: Int32Array, row: number): number {
  const last = start.length - 1;
  return start[row < last ? row + 1 : last] as number;
}

/** Where a row starts. */
export function rowStart(start: Int32Array, row: number): number {
  const last = start.length - 1;
  return start[row < last ? row : last] as number;
}
