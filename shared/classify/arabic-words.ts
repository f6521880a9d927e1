import { FORM } from '../watchlist/affixes.ts';
import type { PartyPlace } from './party.ts';
import type { Unit } from './sentence.ts';
import type { Search } from './slot-search.ts';

/** The words [from, to) of the sentence at hand as one text, as far as they are in it. */
function written({ reader, reading }: Search, from: number, to: number): string {
  const { sentence } = reading;
  if (from < sentence.start || to > sentence.end) return '';
  const { text, start, end } = reader.scan;
  return text.slice(start[from], end[to - 1]);
}

/** A verbal noun of giving: its genitive is given something. */
const GIVING = /^[وف]?[بل]?(?:تزويد|مد|إمداد|امداد|تسليح|منح|إعطاء|اعطاء|تجهيز|تمكين|دعم|تسليم)$/u;

/** `طلب تزويد قواته بطائرات`: whom the asker wants it for. */
export function isRecipient(search: Search, party: PartyPlace): boolean {
  if (party.start <= search.trigger.end) return false;
  return GIVING.test(written(search, party.start - 1, party.start));
}

/** What somebody sends or leaves: its genitive did not come along. */
const MESSAGE =
  /^[وف]?(?:رسالة|رسائل|برقية|برقيات|دعوة|دعوات|هدية|هدايا|جثمان|نعش|رفات|جثة|وثائق|تعليمات|أوامر|تهديدات|تصريحات|تعازي|تهنئة|تحيات|كتاب|خطاب|مساعدات|شحنة|تعزيزات|عائلة|أسرة|زوجة|صور)$/u;

/** `وصلت رسالة الرئيس الأنغولي إلى كيغالي`: it is the message that came. */
export function isMessage(search: Search, party: PartyPlace): boolean {
  if (!search.reading.arabic || party.start <= search.trigger.end) return false;
  return MESSAGE.test(written(search, party.start - 1, party.start));
}

/** What resumes a noun right behind the verb of a clause that tells of it: `رسالة طلب فيها`. */
const RESUMING = /^(?:فيه|فيها|فيهما|فيهم|خلاله|خلالها|خلالهما|بموجبه|بموجبها)$/u;

/** Whether the clause of the trigger tells of the noun before it. */
export function isResumed(search: Search): boolean {
  const { end } = search.trigger;
  return RESUMING.test(written(search, end, end + 1));
}

/** A complement's opening word with the pronoun of its subject: `أكدت كييف أنها طلبت`, `إنه قد زار`. */
const OPENING = /^[وفبل]?[أإا]ن(?:ه|ها|هم|هما|نا)$/u;

/** Whether the verb stands right behind such a word: its subject is the pronoun, and who follows the verb is not. */
export function isPronounOpened(search: Search): boolean {
  const { start } = search.trigger;
  if (!search.reading.arabic) return false;
  return [start - 1, start - 2].some((word) => OPENING.test(written(search, word, word + 1)));
}

/** Forms of "to be" before another verb. */
export const AUXILIARY = /^[وف]?(?:كان|كانت|كانوا|يكون|تكون|سيكون|ستكون)$/u;

/** `للقاء بوتين سافر المبعوث`: a name behind a noun without the article belongs to it and leads nothing. */
export function isGenitive(search: Search, party: PartyPlace): boolean {
  const { sentence, arabic } = search.reading;
  const at = sentence.unitAt[party.start - sentence.start] as number;
  const before = sentence.units[at - 1];
  if (!arabic || before === undefined || (sentence.units[at] as Unit).gap !== 0) return false;
  if (AUXILIARY.test(written(search, before.start, before.end))) return false;
  return before.noun && !before.verb && (before.form & (FORM.definite | FORM.pronoun)) === 0;
}
