import type { Known } from './common-characters.ts';

/**
 * What the tables of characters say of common ones. Empty where the sources run as they are: then each table asks when a text
 * first has a character. A bundle has them worked out (`infra/evaluated.ts`): the patterns that are asked with cost a cold
 * start some milliseconds each.
 */
export const KNOWN: Known = {};
