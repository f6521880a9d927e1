import fc from 'fast-check';
import { alertAttributes, alertIdParts, alertMessage, type Continued } from '../shared/alert.ts';
import { alertEmail, alertSms, alertSubject, asciiSubject } from '../shared/alert-text.ts';
import type { Status } from '../shared/event.ts';
import { isolate, paragraph } from '../shared/isolate.ts';
import type { ArticleRecord } from '../shared/record.ts';
import { messageOf } from '../shared/relay.ts';
import { beginStory, joinStory } from '../shared/story/story.ts';
import { event, party, record } from './samples.ts';
import { schemaProblems } from './schema.ts';

const SENTENCE = 'طلب حفتر من الرئيس الروسي بدء توريد الأسلحة في أقرب وقت.';

const request = (given: Parameters<typeof event>[0] = {}) =>
  event({
    topic: 'weapons-request',
    rule: 'weapons-request',
    ruleVersion: 3,
    severity: 'high',
    title: { en: 'Weapons request', ar: 'طلب سلاح' },
    source: [party('haftar', 'حفتر')],
    target: [{ ...party('putin', 'الرئيس الروسي'), of: 'russia', country: 'RUS' }],
    quote: { text: 'طلب حفتر من الرئيس الروسي بدء توريد الأسلحة', start: 120, end: 163 },
    sentence: { text: SENTENCE, start: 120, end: 175 },
    attribution: 'صحيفة الميناء',
    codes: { cameo: ['0232'] },
    ...given,
  });

const article = (
  given: Parameters<typeof request>[0] = {},
  of: Parameters<typeof record>[0] = {},
) =>
  record(
    {
      title: 'رسالة إلى موسكو',
      lang: 'ar',
      source: 'الميناء',
      url: 'https://www.port.example/n/1',
      ...of,
    },
    [request(given)],
  );

const first = ({ alerts: [alert] }: ArticleRecord) => {
  if (alert === undefined) throw new Error('no alert');
  return alert;
};
const messageFor = (of: ArticleRecord, continued: Continued | null = null) =>
  alertMessage(of, first(of), continued);

/** What follows a story that was told as `was`. */
function denied(was: Status): { of: ArticleRecord; continued: Continued } {
  const told = article({ status: was });
  const of = article(
    { status: 'denied' },
    { lang: 'en', url: 'https://other.example/2', source: 'Other' },
  );
  const [event] = of.events;
  const [before] = told.events;
  if (event === undefined || before === undefined) throw new Error('no event');
  const { story, update } = joinStory(beginStory(told, before), of, event);
  if (update === null) throw new Error('no update');
  return { of, continued: { story, update, first: told } };
}

describe('the message for machines', () => {
  test('a new alert is valid by the published schema', () => {
    expect(schemaProblems(JSON.stringify(messageFor(article())))).toEqual([]);
  });

  test('so is a correction, which names the alert that it corrects', () => {
    const { of, continued } = denied('asserted');
    const message = messageFor(of, continued);
    expect(schemaProblems(JSON.stringify(message))).toEqual([]);
    expect(message).toMatchObject({
      kind: 'updated',
      update: { why: 'status', was: ['asserted'], first: `${continued.first.id}:weapons-request` },
      story: { id: continued.first.id, sources: 2, articles: 2 },
    });
  });

  test('the schema refuses what is not one of ours', () => {
    const message = messageFor(article());
    for (const wrong of [
      { ...message, kind: 'updated' },
      { ...message, event: { ...message.event, quote: '' } },
      { ...message, event: { ...message.event, status: 'happened' } },
      { ...message, article: { ...message.article, id: '1' } },
      { ...message, v: 2 },
    ])
      expect(schemaProblems(JSON.stringify(wrong))).not.toEqual([]);
  });

  test('whatever stands in an article: it is valid, under 32 KB in all, and shows the evidence', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 2000 });
    const parties = fc.array(fc.record({ id: fc.constantFrom(null, 'russia'), text }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        parties,
        parties,
        fc.webUrl({ withQueryParameters: true }),
        (title, quote, source, who, whom, url) => {
          const all = (list: typeof who) => list.map(({ id, text: words }) => party(id, words));
          const given = { title, source, url: url + '?'.padEnd(1500, 'x') };
          const stretch = { text: quote, start: 0, end: quote.length };
          const of = article(
            { quote: stretch, sentence: stretch, source: all(who), target: all(whom) },
            given,
          );
          const message = messageOf(of, first(of), null, 'ar');
          expect(schemaProblems(message.json)).toEqual([]);
          const body = JSON.stringify({
            default: message.json,
            email: message.email,
            sms: message.sms,
          });
          expect(Buffer.byteLength(body)).toBeLessThanOrEqual(32 * 1024);
          expect(JSON.parse(message.json).event.quote.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('an id of an alert can be taken apart', () => {
    const { alertId } = messageFor(article());
    expect(alertIdParts(alertId)).toEqual({
      articleId: alertId.slice(0, 22),
      rule: 'weapons-request',
    });
    expect(alertIdParts('weapons-request')).toBeNull();
  });
});

describe('what subscribers filter by', () => {
  test('slugs in ASCII, each actor by id, by whom he belongs to and by country', () => {
    expect(alertAttributes(messageFor(article()), null)).toEqual({
      topic: 'weapons-request',
      rule: 'weapons-request',
      kind: 'new',
      severity: 'high',
      lang: 'ar',
      source: 'port.example',
      status: ['asserted'],
      actors: ['haftar', 'putin', 'russia', 'rus'],
    });
  });

  test('a correction carries what the first alert carried, so that it reaches the same people', () => {
    const { of, continued } = denied('planned');
    expect(alertAttributes(messageFor(of, continued), continued)).toMatchObject({
      kind: 'updated',
      lang: ['en', 'ar'],
      source: ['other.example', 'port.example'],
      status: ['denied', 'planned'],
    });
  });

  test.each([
    [{ url: 'https://WWW.Example.org/x', source: null }, 'example.org'],
    [{ url: null, source: 'Al-Minaa Daily!' }, 'al-minaa-daily'],
    [{ url: null, source: 'صحيفة الميناء' }, 'unknown'],
    [{ url: 'not a url', source: null }, 'unknown'],
  ])('the source of %j is %s', (of, slug) => {
    expect(alertAttributes(messageFor(article({}, of)), null)['source']).toBe(slug);
  });
});

describe('the e-mail for people', () => {
  test('its subject says how grave, who, whom, and whether it happened', () => {
    const message = messageFor(article());
    expect(alertSubject(message, 'en')).toBe('[HIGH] Weapons request: Haftar → Putin (reported)');
    expect(alertSubject(message, 'ar')).toBe('[مهم] طلب سلاح: حفتر ← الرئيس الروسي (وفق الخبر)');
    expect(asciiSubject(alertSubject(message, 'en'))).toBe(
      '[HIGH] Weapons request: Haftar -> Putin (reported)',
    );
  });

  test('a correction says so at once', () => {
    const { of, continued } = denied('asserted');
    const message = messageFor(of, continued);
    expect(alertSubject(message, 'en')).toBe(
      '[HIGH] Update: Weapons request: Haftar → Putin (denied)',
    );
    const email = alertEmail(message, 'en');
    expect(email).toContain('You were told before: reported');
    expect(email).toContain(`First alert: ${continued.first.id}:weapons-request`);
  });

  test('the sentence has a paragraph of its own that runs in its own direction', () => {
    const paragraphs = alertEmail(messageFor(article()), 'en').split('\n\n');
    expect(paragraphs[1]).toBe(paragraph(SENTENCE));
    expect(paragraphs[1]?.startsWith('\u200F\u2068')).toBe(true);
  });

  test.each([
    ['who says so', 'Who says so: ⁨صحيفة الميناء⁩'],
    ['the link', 'Link: https://www.port.example/n/1'],
    ['the file', 's3://inbox/'],
    ['rule, version and confidence', 'Rule: weapons-request@3, confidence 0.90'],
    [
      'a narrower filter',
      'npx rasid subscribe email YOU --topic weapons-request --severity high --status asserted',
    ],
    ['how to unsubscribe', 'npx rasid unsubscribe YOU'],
  ])('it says %s', (_, line) => {
    expect(alertEmail(messageFor(article()), 'en')).toContain(line);
  });

  test('it says how many others have the story', () => {
    const { of, continued } = denied('asserted');
    expect(alertEmail(messageFor(of, continued), 'en')).toContain(
      'Also reported by: 1 other article (2 sources in all)',
    );
  });

  test('nothing that an article says can turn the lines around it, or add one', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        '\u202E',
        '\u2066',
        '\u2069',
        '\n',
        '\r',
        '\u2028',
        '\u0007',
        'a',
        'ب',
        ' ',
      ),
      maxLength: 40,
    });
    const lines = alertEmail(messageFor(article({}, { url: null })), 'en').split('\n').length;
    fc.assert(
      fc.property(nasty, nasty, nasty, (title, source, words) => {
        const sentence = { text: `x${words}`, start: 0, end: words.length + 1 };
        const of = article(
          { sentence, source: [party(null, `x${words}`)] },
          { title: `x${title}`, source, url: null },
        );
        const email = alertEmail(messageFor(of), 'en');
        expect(email.split('\n')).toHaveLength(lines);
        let depth = 0;
        for (const letter of email) {
          expect('\u202A\u202B\u202C\u202D\u202E\u2066\u2067').not.toContain(letter);
          if (letter === '\u2068') depth += 1;
          if (letter === '\u2069') depth -= 1;
          expect(depth).toBeGreaterThanOrEqual(0);
          if (letter === '\n') expect(depth).toBe(0);
        }
        const subject = alertSubject(messageFor(of), 'en');
        expect(subject.length).toBeLessThan(100);
        expect(subject).not.toMatch(/\p{Cc}|[\u2028-\u202E\u2066-\u2069]/u);
      }),
    );
  });

  test('an SMS is one line', () => {
    const { of, continued } = denied('asserted');
    expect(alertSms(messageFor(of, continued), 'ar')).toBe(
      'تحديث: طلب سلاح: حفتر ← الرئيس الروسي (منفي)',
    );
    const long = article({
      source: [party(null, 'كلمة '.repeat(15))],
      target: [party(null, 'كلمة '.repeat(15))],
    });
    expect(alertSms(messageFor(long), 'ar').length).toBeLessThanOrEqual(140);
  });

  test('an isolate holds whatever it is given', () => {
    expect(isolate('a\u2069b\u001B[31m')).toBe('\u2068a b [31m\u2069');
  });
});
