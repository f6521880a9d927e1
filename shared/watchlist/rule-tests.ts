import { createClassifier } from '../classify/classify.ts';
import type { Event, Party } from '../event.ts';
import { normaliseWords } from '../text/normalise.ts';
import type { Watchlist } from './artifact.ts';
import type { Problem } from './problem.ts';
import type { Expectation, RuleSource, RuleTest } from './source.ts';

/** Runs the tests inside the rules; every failure is a problem that says what was found instead. */
export function runRuleTests(watchlist: Watchlist, rules: readonly RuleSource[]): Problem[] {
  const classify = createClassifier(watchlist);
  const ids = new Set(watchlist.meta.actors.map(({ id }) => id));
  return rules.flatMap((rule) =>
    rule.tests.flatMap((test) => {
      const { events } = classify({ title: test.title, body: test.text, lang: langOf(test) });
      const own = events.filter((event) => event.topic === rule.topic);
      const wrong = failureOf(own, test.expect, ids);
      if (wrong === null) return [];
      const message = `a test of rule ${rule.id} fails: ${wrong}`;
      return [{ ...test.at, message, hint: `found ${describe(own)}` }];
    }),
  );
}

function langOf({ lang, title, text }: RuleTest): string {
  if (lang !== null) return lang;
  if (/[\u0600-\u06ff]/.test(title + text)) return 'ar';
  return /[\u0400-\u04ff]/.test(title + text) ? 'ru' : 'en';
}

function failureOf(
  events: readonly Event[],
  expect: Expectation | 'none',
  ids: ReadonlySet<string>,
): string | null {
  if (expect === 'none') return events.length === 0 ? null : 'expected no event';
  if (expect.count !== undefined && events.length !== expect.count) {
    return `expected ${expect.count} events`;
  }
  if (expect.count === 0 || events.some((event) => agrees(event, expect, ids))) return null;
  return `expected ${JSON.stringify(expect)}`;
}

function agrees(event: Event, expect: Expectation, ids: ReadonlySet<string>): boolean {
  const free = <T>(wanted: T | undefined, test: (wanted: T) => boolean) =>
    wanted === undefined || test(wanted);
  const parties = (found: readonly Party[]) => (wanted: readonly string[] | null) =>
    wanted === null
      ? found.length === 0
      : wanted.every((one) => found.some((party) => isParty(party, one, ids)));
  return (
    free(expect.source, parties(event.source)) &&
    free(expect.target, parties(event.target)) &&
    free(expect.place, parties(event.place === null ? [] : [event.place])) &&
    free(expect.topic, (topic) => event.topic === topic) &&
    free(expect.status, (status) => event.status === status) &&
    free(expect.alert, (alert) => event.alert === alert) &&
    free(expect.attribution, (text) =>
      text === null ? event.attribution === null : contains(event.attribution ?? '', text),
    ) &&
    free(expect.quote, (text) => contains(event.quote.text, text)) &&
    free(expect.salience, (salience) => event.salience === salience)
  );
}

/** `haftar` is the party's id, `~haftar` whose it is, anything else is within its text. */
function isParty({ id, of, text }: Party, wanted: string, ids: ReadonlySet<string>): boolean {
  if (wanted.startsWith('~')) return of === wanted.slice(1);
  return ids.has(wanted) ? id === wanted : contains(text, wanted);
}

function contains(text: string, part: string): boolean {
  return normaliseWords(text).join(' ').includes(normaliseWords(part).join(' '));
}

function describe(events: readonly Event[]): string {
  if (events.length === 0) return 'no event';
  const name = ({ id, of, text }: Party) => `${text} [${id ?? (of === null ? '?' : `~${of}`)}]`;
  return events
    .map(
      ({ status, source, target, quote, confidence }) =>
        `${status} ${source.map(name).join(', ') || '-'} > ${target.map(name).join(', ') || '-'} ` +
        `«${quote.text}» ${confidence}`,
    )
    .join('; ');
}
