import { createClassifier } from '../../shared/classify/classify.ts';
import { explain } from '../../shared/classify/explain.ts';
import type { Event, Party } from '../../shared/event.ts';
import { smallWatchlist } from './small-watchlist.ts';

const watchlist = smallWatchlist();
const classify = createClassifier(watchlist);

const langOf = (text: string) =>
  /[\u0600-\u06ff]/.test(text) ? 'ar' : /[\u0400-\u04ff]/.test(text) ? 'ru' : 'en';

function eventsOf(body: string, { title = '', lang = langOf(title + body) } = {}) {
  return classify({ title, body, lang }).events;
}

const who = ({ id, of }: Party) => id ?? (of === null ? '?' : `~${of}`);
const told = ({ source, target, status }: Event) =>
  `${source.map(who).join('+')} > ${target.map(who).join('+')} ${status}`;

describe('who goes where', () => {
  test.each([
    ['verb first', 'زار حفتر موسكو.', 'haftar > moscow asserted'],
    ['subject first', 'حفتر يزور موسكو.', 'haftar > moscow asserted'],
    ['the noun with its genitive', 'زيارة حفتر إلى موسكو تثير الجدل.', 'haftar > moscow asserted'],
    ['the noun carried by a verb', 'يقوم حفتر بزيارة لروسيا.', 'haftar > russia asserted'],
    ['a pronoun on the noun', 'أنهى حفتر زيارته إلى موسكو.', 'haftar > moscow asserted'],
    ['a relative clause', 'قال حفتر الذي زار موسكو إن الحرب انتهت.', 'haftar > moscow asserted'],
    ['the host first', 'استقبل الرئيس الروسي في موسكو حفتر.', 'haftar > russia asserted'],
    [
      'host and guest with titles',
      'استقبل الرئيس الروسي فلاديمير بوتين وزير الدفاع المصري.',
      'egypt > putin asserted',
    ],
    [
      'a guest that is named after the place',
      'وصل إلى موسكو أمس المشير خليفة حفتر.',
      'haftar > moscow asserted',
    ],
    [
      'the head of the phrase, not the name inside it',
      'زيارة مدير مكتب حفتر إلى موسكو',
      '~haftar > moscow asserted',
    ],
    ['a delegation by its adjective', 'وصل وفد روسي إلى بنغازي.', 'russia > benghazi asserted'],
    ['a minister by his state', 'وصل وزير خارجية السودان إلى القاهرة.', 'sudan > cairo asserted'],
    ['a name behind a state', 'وصل رئيس مالي إلى موسكو.', 'mali > moscow asserted'],
    ['an article that ل hides', 'زيارة لافروف للسودان', 'lavrov > sudan asserted'],
    ['a proclitic before a quote', 'زيارة حفتر لـ"روسيا"', 'haftar > russia asserted'],
    ['two who go together', 'زار بوتين ولافروف القاهرة.', 'putin+lavrov > cairo asserted'],
    [
      'nobody written: who was spoken of',
      'اجتمع حفتر مع ضباطه. ثم وصل إلى موسكو.',
      'haftar > moscow asserted',
    ],
    ['English', 'Haftar visited Moscow.', 'haftar > moscow asserted'],
    ['a possessive', "Haftar's visit to Moscow began.", 'haftar > moscow asserted'],
    [
      'a possessive and an adjective',
      "Haftar's first official visit to Moscow began.",
      'haftar > moscow asserted',
    ],
    ['the passive', 'Haftar was received by President Vladimir Putin.', 'haftar > putin asserted'],
    [
      'a title behind a comma',
      'The Russian foreign minister, Sergei Lavrov, arrived in Cairo.',
      'lavrov > cairo asserted',
    ],
    ["somebody's envoy", "Haftar's envoy arrived in Moscow.", '~haftar > moscow asserted'],
    ['a genitive with of', 'The president of Russia arrived in Cairo.', 'russia > cairo asserted'],
    ['Russian', 'Халифа Хафтар прибыл в Москву.', 'haftar > moscow asserted'],
    ['a Russian genitive', 'Визит Хафтара в Москву начался.', 'haftar > moscow asserted'],
  ])('%s: %s', (_, text, expected) => {
    expect(eventsOf(text).map(told)).toEqual([expected]);
  });

  test.each([
    ['a trip at home', 'زار حفتر بنغازي.'],
    [
      'a ministry, whose name contains the verb',
      'أعلنت وزارة الدفاع الروسية في موسكو حصيلة القتلى.',
    ],
    ['a crowd', 'زار الملايين موسكو هذا العام.'],
    ['nobody at all', 'زيارة إلى موسكو'],
  ])('but not %s', (_, text) => {
    expect(eventsOf(text)).toEqual([]);
  });
});

describe('whether it happened', () => {
  test.each([
    ['لم يزر حفتر موسكو.', 'denied'],
    ['نفى المتحدث أن يكون حفتر قد زار موسكو.', 'denied'],
    ['لم يزر حفتر موسكو فحسب بل القاهرة أيضا.', 'asserted'],
    ['سيزور حفتر موسكو.', 'planned'],
    ['من المقرر أن يزور حفتر موسكو.', 'planned'],
    ['ألغى حفتر زيارته إلى موسكو.', 'cancelled'],
    ['إذا زار حفتر موسكو تغير كل شيء.', 'hypothetical'],
    ['هل زار حفتر موسكو؟', 'hypothetical'],
    ['Haftar did not visit Moscow.', 'denied'],
    ['Haftar will visit Moscow.', 'planned'],
    ['Haftar may visit Moscow.', 'hypothetical'],
    ["Haftar's visit to Moscow was cancelled.", 'cancelled'],
    ['Haftar visited Moscow but will not meet the press.', 'asserted'],
    ['Хафтар посетит Москву.', 'planned'],
  ])('%s is %s', (text, status) => {
    expect(eventsOf(text).map((event) => event.status)).toEqual([status]);
  });

  test('says by which words', () => {
    const [event] = eventsOf('ألغى حفتر زيارته إلى موسكو.');
    expect(event?.cues.map(({ text }) => text)).toEqual(['ألغى']);
  });

  test('labels an article with a denied event as a denial', () => {
    expect(classify({ title: '', body: 'لم يزر حفتر موسكو.', lang: 'ar' }).labels).toEqual([
      'denial',
      'trip',
    ]);
  });
});

describe('an event', () => {
  test('names who says so and stays asserted', () => {
    const [event] = eventsOf('أعلن المتحدث الروسي أن حفتر زار موسكو.');
    expect(event).toMatchObject({ status: 'asserted', attribution: 'المتحدث الروسي' });
  });

  test('gives each party as it is written, without the letters that Arabic writes onto it', () => {
    const [event] = eventsOf('زيارة حفتر لروسيا');
    expect(event?.target).toEqual([
      { id: 'russia', of: null, country: 'RUS', text: 'روسيا', start: 12, end: 17 },
    ]);
  });

  test('is worth less when its visitor is taken from the sentence before', () => {
    const [sure] = eventsOf('وصل حفتر إلى موسكو.');
    const [guessed] = eventsOf('اجتمع حفتر مع ضباطه. ثم وصل إلى موسكو.');
    expect(guessed?.confidence).toBeLessThan(sure?.confidence ?? 0);
  });

  test('knows whether it stands in the headline, the lead or further down', () => {
    const body = ['نص أول.', 'نص ثان.', 'نص ثالث.', 'زار حفتر موسكو.'].join('\n\n');
    expect(eventsOf(body, { title: 'بوتين يزور القاهرة' }).map((e) => e.salience)).toEqual([
      'headline',
      'body',
    ]);
    expect(eventsOf('نص.\n\nزار حفتر موسكو.').map((e) => e.salience)).toEqual(['lead']);
  });

  test('is told once where a sentence is repeated', () => {
    expect(
      eventsOf('زار حفتر موسكو.\n\nزار حفتر موسكو.', { title: 'زار حفتر موسكو.' }),
    ).toHaveLength(1);
  });

  test('is alerted when the rule says so', () => {
    expect(eventsOf('زار حفتر موسكو.').map((e) => e.alert)).toEqual([true]);
    expect(eventsOf('لم يزر حفتر موسكو.').map((e) => e.alert)).toEqual([false]);
  });
});

describe('explain', () => {
  const because = (body: string) => explain(watchlist, { title: '', body, lang: 'ar' })[0];

  test('says at which condition a rule failed', () => {
    expect(because('كتاب جديد')?.outcome).toBe('no-word');
    expect(because('زيارة إلى موسكو')?.because[0]).toMatch(/nobody as owner @\.\.\.:source/);
    expect(because('زار حفتر بنغازي.')?.because).toContain('source and target are of one country');
    expect(because('زار حفتر موسكو.')).toMatchObject({ outcome: 'matched', rule: 'trip' });
  });
});

describe('what is one piece of news to a rule', () => {
  const keyOf = (body: string) => eventsOf(body)[0]?.dedupe ?? null;

  test('who goes where, in whatever words; a city counts as its country', () => {
    const key = { key: 'haftar>RUS', hours: 48 };
    expect(keyOf('Haftar visited Moscow.')).toEqual(key);
    expect(keyOf("Khalifa Haftar's visit to Russia began.")).toEqual(key);
    expect(keyOf('زار حفتر موسكو.')).toEqual(key);
  });

  test('nothing where a role stands for somebody who is not named: one minister is not another', () => {
    expect(keyOf('وصل وفد روسي إلى بنغازي.')).toBeNull();
  });
});
