/** Nothing: what Node itself takes to start and to answer. */
export async function handler(): Promise<null> {
  return null;
}
