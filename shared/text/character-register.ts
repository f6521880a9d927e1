import { COMMON, type Known } from './common-characters.ts';
import { KNOWN } from './known-characters.ts';

interface Registered {
  readonly units: Uint16Array | Int32Array;
  readonly ask: (code: number) => unknown;
}

const tables = new Map<string, Registered>();

/** Fills a table by UTF-16 unit with what a bundle knows of common characters. @param ask makes the table ask for a character. */
export function register(name: string, units: Registered['units'], ask: Registered['ask']): void {
  tables.set(name, { units, ask });
  const known = KNOWN[name] ?? [];
  for (let i = 0; i < known.length; i++) units[COMMON[i] as number] = known[i] as number;
}

/** What all tables made so far say of common characters: what a bundle shall know. */
export function knownCharacters(): Known {
  return Object.fromEntries(
    [...tables].map(([name, { units, ask }]) => [
      name,
      COMMON.map((code) => {
        ask(code);
        return units[code] as number;
      }),
    ]),
  );
}
