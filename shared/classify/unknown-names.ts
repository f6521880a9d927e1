import { endOfRun, LETTER, MARK } from '../text/characters.ts';
import { INSIDE, type PartyContext } from './party.ts';
import type { Unit } from './sentence.ts';

/** Names unknown to the watchlist that may follow a role: خليفة بلقاسم حفتر, عبد الفتاح البرهان. */
const MAX_UNKNOWN = 3;

/** How many unknown words in a row make a name. */
export function unknownRun(context: PartyContext, from: number): number {
  let count = 0;
  while (count < MAX_UNKNOWN) {
    const unit = context.units[from + count];
    if (unit === undefined || !isPlainUnknown(context, unit, count === 0)) break;
    if (count > 0 && (unit.gap & ~INSIDE) !== 0) break;
    count++;
  }
  return count;
}

/** A word of which nothing is known and that may be a name: names do not begin with ال, و or a digit. */
export function isPlainUnknown(context: PartyContext, unit: Unit, first: boolean): boolean {
  if (!unit.unknown || unit.end - unit.start > 1) return false;
  if (first && /^(ال|بال|كال|لل|فال)/.test(wordOf(context, unit))) return false;
  if (isImperfect(wordOf(context, unit))) return false;
  const letter = context.text.charCodeAt(context.charStart(unit.start));
  return (
    letter !== 0x648 && letter >= 0x621 && letter <= 0x6ff && (letter < 0x660 || letter > 0x669)
  );
}

/** Names that look like an imperfect verb (يحذر): the few that begin with ي. */
const NAMES_IN_YA =
  /^(?:يوسف|ياسر|يحي[ىي]|يونس|ياسين|يعقوب|يزيد|يانيس|يان|يوري|يوهان|يلدر?يم|يفغيني|يوشي|يائير|يسرائيل|ينس|يون|يينس|يورغن|يانوكوفيتش|يلتسين|يعلون)/u;

/** `يحذر`, `سيزور`: ya, with a particle before it or none, and three letters or more. */
function isImperfect(word: string): boolean {
  const ya = word[0] === 'س' || word[0] === 'ف' ? 1 : 0;
  if (word[ya] !== 'ي') return false;
  const letters = word.slice(ya + 1, endOfRun(word, ya + 1, LETTER));
  return [...letters].length >= 3 && !NAMES_IN_YA.test(word);
}

/** Whether a word begins with these letters. */
export function startsWith(context: PartyContext, unit: Unit, letters: string): boolean {
  return context.text.startsWith(letters, context.charStart(unit.start));
}

/** The first letters of a unit, as written. */
export function wordOf(context: PartyContext, { start }: Unit): string {
  const from = context.charStart(start);
  const word = context.text.slice(from, from + 30);
  return word.slice(0, endOfRun(word, 0, LETTER | MARK));
}
