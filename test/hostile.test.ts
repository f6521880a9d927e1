import { quietArticle } from './news.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

let p: Pipeline;
beforeAll(async () => {
  p = await openPipeline();
}, 120_000);
afterAll(() => p.host.stop());

/** Escape sequences, forged lines, turned direction, an open isolate, a tag. */
const VENOM =
  '\u001B[2J\u009B1m\r\nBcc: all@example.org\u202Egpj.exe\u2067<img src=x onerror=alert(1)>';
const SENTENCE = `طلب العميد رجب التاورغي ${'\u202E'}من أنقرة تزويده بطائرات مسيرة.`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
const CONTROLS = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066\u2067]/;

test('what is hostile in a text stays text: in the subject, the mail, the message for machines and the log', async () => {
  const body = `${VENOM}\n\n${SENTENCE}\n\n${quietArticle(1)}\n\n${quietArticle(2)}`;
  await p.drop(`${VENOM.slice(0, 40)}.txt`, body, { source: '=HYPERLINK("http://x")' });
  await p.host.idle();
  const [message] = p.host
    .outbox()
    .filter(({ topicArn }) => topicArn === p.host.outputs['AlertsTopic']);
  expect(message?.subject).toMatch(/^[^\n]{1,99}$/);
  expect(message?.subject).not.toMatch(CONTROLS);
  const { email = '', sms = '' } = message?.byProtocol ?? {};
  expect(email).not.toMatch(CONTROLS);
  expect(sms).not.toMatch(CONTROLS);
  expect(email).not.toMatch(/^Bcc:/m);
  expect(() => JSON.parse(message?.message ?? '')).not.toThrow();
  for (const line of p.lines) expect(line).not.toMatch(CONTROLS);
});

test('a name that climbs is a name: nothing is written anywhere by it', async () => {
  for (const key of [
    '../../../etc/cron.d/x.txt',
    '/absolute.txt',
    'C:\\Windows\\x.txt',
    '..%2f..%2fx.txt',
    '__proto__',
  ])
    await p.drop(
      key,
      `${key}\n\nعنوان عادي لخبر عادي لا يهم أحدا في هذا اليوم الهادئ ${key.length}.`,
    );
  await p.host.idle();
  const keys = (await p.articles()).map(({ object }) => object.key);
  expect(keys).toEqual(
    expect.arrayContaining(['../../../etc/cron.d/x.txt', 'C:\\Windows\\x.txt', '__proto__']),
  );
});

test('metadata and dates that lie, half letters and endless words are stored as far as they fit', async () => {
  const lies = {
    published: '9999-99-99',
    url: `https://x/${'a'.repeat(1500)}`,
    lang: '../../',
    source: 'x'.repeat(300),
  };
  await p.drop('lies.txt', `عنوان\n\n${'كلمة'.repeat(20_000)} ثم جملة أخرى عادية.`, lies);
  await p.drop(
    'half.json',
    JSON.stringify({ title: 'نصف', text: 'حرف' }).replace(
      'حرف',
      `خبر قصير عن يوم هادئ ${'\\ud800'} بلا معنى`,
    ),
  );
  await p.host.idle();
  const keys = (await p.articles()).map(({ object }) => object.key);
  expect(keys).toEqual(expect.arrayContaining(['lies.txt', 'half.json']));
  expect(p.facts.filter(({ level }) => level === 'error')).toEqual([]);
});
