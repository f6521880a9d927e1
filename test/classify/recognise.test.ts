import { createRecognise } from '../../shared/classify/recognise.ts';
import { smallWatchlist } from './small-watchlist.ts';

const recognise = createRecognise(smallWatchlist());

/** A party as an event names it. */
const party = (id: string | null, country: string | null, of: string | null = null) => ({
  ...{ id, of, country },
  ...{ text: 'as written', start: 0, end: 10 },
});

const moscow = party('moscow', 'RUS');
const russian = party('russia', 'RUS');
const putin = party('putin', 'RUS');
const haftarsEnvoy = party(null, 'LBY', 'haftar');

describe('whom a reader means is found by the watchlist', () => {
  test.each([
    ['a capital for its state', 'Russia', 'en', moscow],
    ['a state for its capital', 'موسكو', 'ar', russian],
    ['a role by its adjective', 'the Russian president', 'en', russian],
    ['a person by the role and country', 'российский президент', 'ru', putin],
    ['whose somebody is', 'Khalifa Haftar', 'en', haftarsEnvoy],
  ])('%s', (_, name, lang, found) => {
    expect(recognise(name, lang, found)).toBe(true);
  });

  test.each([
    ['another country', 'Egypt', 'en', moscow],
    ['another person of the country', 'Sergei Lavrov', 'en', putin],
    ['a name that no actor has', 'Somebody Else', 'en', russian],
    ['a party that nobody knows', 'Russia', 'en', party(null, null)],
  ])('not %s', (_, name, lang, found) => {
    expect(recognise(name, lang, found)).toBe(false);
  });
});
