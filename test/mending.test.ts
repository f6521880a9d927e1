import { Writable } from 'node:stream';
import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { dlqCommand } from '../cli/dlq.ts';
import { doctorCommand } from '../cli/doctor.ts';
import { emptyCommand } from '../cli/empty.ts';
import { forgetCommand } from '../cli/forget.ts';
import type { Io } from '../cli/io.ts';
import { quarantineCommand } from '../cli/quarantine.ts';
import { statusCommand } from '../cli/status.ts';
import { announceHost } from '../cli/target.ts';
import { scratch } from './local/small-stack.ts';
import { alertingArticle } from './news.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const { dir, remove } = scratch();
let p: Pipeline;
let withdraw: () => Promise<void>;
beforeAll(async () => {
  p = await openPipeline();
  withdraw = await announceHost(dir, p.host);
}, 120_000);
afterAll(async () => {
  await withdraw();
  await p.host.stop();
  remove();
});

type Command = (argv: string[], io: Io) => Promise<number>;

/** Runs a command on this pipeline as a person would, with its answer for programs. */
async function run(command: Command, ...argv: string[]) {
  let out = '';
  const sink = (take: (text: string) => void) =>
    new Writable({
      write(chunk, _, done) {
        take(String(chunk));
        done();
      },
    });
  const io = {
    stdout: sink((text) => {
      out += text;
    }),
    stderr: sink(() => {}),
  };
  const code = await command([...argv, '--json', '--local', '--state', dir], io);
  await p.host.idle();
  return {
    code,
    lines: out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  };
}

test('a person asks what became of a file and hears it: stored, alerted when, copy of what, why not', async () => {
  await p.drop('good.txt', alertingArticle(5000));
  await p.host.idle();
  await p.drop('copy.txt', alertingArticle(5000));
  await p.drop('bad.jpg', Buffer.from('ffd8ffe000104a464946', 'hex'));
  await p.host.idle();
  const good = await run(statusCommand, 'good.txt');
  expect(good.lines[0]).toMatchObject({ became: 'stored', alerts: [{ state: 'SENT' }] });
  expect((await run(statusCommand, 'copy.txt')).lines[0]).toMatchObject({
    became: 'copy',
    copyOf: 'good.txt',
  });
  expect((await run(statusCommand, 'bad.jpg')).lines[0]).toMatchObject({
    became: 'quarantined',
    reason: 'binary',
  });
  expect((await run(statusCommand, 'nothing.txt')).code).toBe(1);
});

test('what is in quarantine can be listed by reason, shown by name, and read again; a bad file comes back', async () => {
  expect((await run(quarantineCommand, 'list')).lines.map(({ object }) => object.key)).toEqual([
    'bad.jpg',
  ]);
  expect((await run(quarantineCommand, 'list', '--reason', 'empty')).lines).toEqual([]);
  const [before] = (await run(quarantineCommand, 'show', 'bad.jpg')).lines;
  expect(before).toMatchObject({ reason: 'binary' });
  expect((await run(quarantineCommand, 'redrive', '--reason', 'binary')).lines).toEqual([
    { redriven: 1 },
  ]);
  const [after] = (await run(quarantineCommand, 'show', 'bad.jpg')).lines;
  expect(after.at > before.at).toBe(true);
});

test('a file that was deleted meanwhile leaves quarantine for good', async () => {
  await p.drop('gone.bin', '');
  await p.host.idle();
  const [{ object }] = (await run(quarantineCommand, 'show', 'gone.bin')).lines;
  await p.clients.s3.send(
    new DeleteObjectCommand({ Bucket: p.bucket, Key: 'gone.bin', VersionId: object.versionId }),
  );
  await run(quarantineCommand, 'redrive', 'gone.bin');
  expect((await run(quarantineCommand, 'show', 'gone.bin')).lines).toEqual([]);
});

test('a message that failed for good is seen and sent again, and what was stored is not stored twice', async () => {
  const notice = JSON.stringify({
    Records: [
      {
        eventTime: '2026-11-22T08:00:00Z',
        s3: { bucket: { name: p.bucket }, object: { key: 'late+one.txt' } },
      },
    ],
  });
  await p.drop('late one.txt', alertingArticle(5001));
  await p.host.idle();
  const before = await p.articles();
  const QueueUrl = p.host.outputs['UploadsFailedQueue'];
  await p.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: notice }));
  expect((await run(dlqCommand, 'list')).lines).toMatchObject([
    { queue: 'uploads', keys: ['late one.txt'] },
  ]);
  expect((await run(dlqCommand, 'redrive', '--queue', 'uploads')).lines).toEqual([
    { queue: 'uploads', redriven: 1 },
  ]);
  const { Messages = [] } = await p.clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }),
  );
  expect(Messages).toEqual([]);
  expect(await p.articles()).toEqual(before);
});

test('the doctor finds a sound stack sound, by sending an article through it, and leaves nothing behind', async () => {
  const before = await p.articles();
  const { code, lines } = await run(doctorCommand);
  expect(lines.filter(({ state }) => state === 'ill')).toEqual([]);
  expect(lines.slice(0, 2).map(({ says }) => says)).toEqual([
    'every new file of the bucket goes to the queue',
    'S3 may send to the queue',
  ]);
  expect(lines.at(-1)).toMatchObject({ check: 'an article gets through', state: 'well' });
  expect(code).toBe(0);
  expect(await p.articles()).toEqual(before);
  expect(p.alerts().some(({ rule }) => rule.id === 'rasid-probe')).toBe(false);
});

test('the doctor names what is broken', async () => {
  const QueueUrl = p.host.outputs['UploadsFailedQueue'];
  await p.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'no notice' }));
  const setPolicy = (Policy: string) =>
    p.clients.sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: p.host.outputs['UploadsQueue'],
        Attributes: { Policy },
      }),
    );
  const asked = await p.clients.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: p.host.outputs['UploadsQueue'],
      AttributeNames: ['Policy'],
    }),
  );
  await setPolicy('');
  const { code, lines } = await run(doctorCommand, '--no-probe');
  await setPolicy(asked.Attributes?.['Policy'] ?? '');
  expect(code).toBe(1);
  expect(lines.filter(({ state }) => state === 'ill').map(({ says }) => says)).toEqual([
    'the queue does not let S3 in: deploy again',
    '1 in UploadsFailedQueue: rasid dlq list',
  ]);
});

describe('what is forgotten', () => {
  const text = alertingArticle(5002);
  let id: string;
  const versionsUnder = async (Prefix: string) => {
    const { Versions = [], DeleteMarkers = [] } = await p.clients.s3.send(
      new ListObjectVersionsCommand({ Bucket: p.bucket, Prefix }),
    );
    return [...Versions, ...DeleteMarkers].map(({ Key }) => Key);
  };

  test('is told first, and goes only when one says so', async () => {
    await p.drop('secret/a.txt', text);
    await p.host.idle();
    await p.drop('secret/b.txt', text);
    await p.drop('secret/a.txt', `${text}\n\nوأضاف المصدر كلمة أخرى.`);
    await p.host.idle();
    const stored = await p.articles();
    const [edited, first] = ['secret/a.txt', 'secret/a.txt'].map(
      (key, n) => stored.filter(({ object }) => object.key === key)[n],
    );
    id = (edited?.seenAt ?? '') < (first?.seenAt ?? '') ? (edited?.id ?? '') : (first?.id ?? '');
    const { lines } = await run(forgetCommand, '--article', id);
    expect(lines[0]).toMatchObject({
      done: false,
      articles: [id],
      keys: ['secret/a.txt', 'secret/b.txt'],
      files: ['secret/b.txt'],
      versions: 2,
      together: [],
      // What was uploaded over it is another article: an edit, as a person sees, who may name it too.
      beside: [{ key: 'secret/a.txt' }],
    });
    expect((await p.articles()).some((article) => article.id === id)).toBe(true);
  });

  const booksKnow = async (article: string) =>
    (await p.items()).some(({ stories }) => Buffer.from(stories?.B ?? []).includes(article));

  test('leaves no byte of its text: not in the bucket, not in the table', async () => {
    expect(await booksKnow(id)).toBe(true);
    const [{ beside }] = (await run(forgetCommand, '--article', id, '--yes')).lines;
    expect(await booksKnow(id)).toBe(false);
    expect(await versionsUnder('secret/')).toEqual(['secret/a.txt']);
    expect((await run(forgetCommand, '--article', beside[0].id, '--yes')).lines[0]).toMatchObject({
      done: true,
      files: ['secret/a.txt'],
    });
    expect(await versionsUnder('secret/')).toEqual([]);
    const items = await p.items();
    expect(items.filter((item) => JSON.stringify(item).includes('secret/'))).toEqual([]);
    const mine = items.filter((item) => JSON.stringify(item).includes(id));
    expect(mine.find(({ sk }) => sk?.S === 'META')).toEqual({
      ...{ pk: { S: `A#${id}` }, sk: { S: 'META' } },
      forgottenAt: { S: expect.any(String) },
    });
    // Counters of the last minutes and days know its number, and end by themselves.
    for (const item of mine.filter(({ sk }) => sk?.S !== 'META'))
      expect(item).toHaveProperty('expiresAt');
  });

  test('takes no other article with it: where others lie in the same bytes nothing goes until one says so', async () => {
    const three = [5010, 5011, 5012].map(alertingArticle);
    await p.drop('dump.ndjson', three.map((body) => JSON.stringify({ text: body })).join('\n'));
    await p.host.idle();
    const ofDump = async () =>
      (await p.articles()).filter(({ object }) => object.key === 'dump.ndjson');
    const [one, ...others] = await ofDump();
    expect(others).toHaveLength(2);
    const refused = await run(forgetCommand, '--article', one?.id ?? '', '--yes');
    expect(refused.code).toBe(1);
    expect(refused.lines[0]).toMatchObject({ done: false, articles: [one?.id], versions: 1 });
    expect(refused.lines[0].together.map((other: { id: string }) => other.id).sort()).toEqual(
      others.map((other) => other.id).sort(),
    );
    expect(await ofDump()).toHaveLength(3);
    expect(await versionsUnder('dump.ndjson')).toHaveLength(1);

    // As the help has it: the file without the article first, then away with the bytes.
    const told = p.alerts().length;
    const kept = three.filter((body) => !body.startsWith(one?.title ?? ''));
    await p.drop('kept.ndjson', kept.map((body) => JSON.stringify({ text: body })).join('\n'));
    await p.host.idle();
    const done = await run(forgetCommand, '--article', one?.id ?? '', '--yes', '--with-file');
    expect(done).toMatchObject({ code: 0, lines: [{ done: true, files: ['dump.ndjson'] }] });
    expect(await versionsUnder('dump.ndjson')).toEqual([]);
    expect((await ofDump()).map((other) => other.id).sort()).toEqual(
      others.map((other) => other.id).sort(),
    );
    expect(p.alerts()).toHaveLength(told);
    const status = (await run(statusCommand, 'kept.ndjson')).lines;
    expect(status.map(({ became }) => became)).toEqual(['copy', 'copy']);
  });

  test('is not taken in again when somebody uploads it again, and nobody is told again', async () => {
    const told = p.alerts().length;
    await p.drop('again.txt', text);
    await p.host.idle();
    expect((await p.articles()).some((article) => article.id === id)).toBe(false);
    expect(p.alerts()).toHaveLength(told);
    expect((await run(forgetCommand, '--key', 'again.txt', '--yes')).lines[0]).toMatchObject({
      versions: 1,
    });
  });
});

test.each([
  ['forget', forgetCommand, ['--article', 'x', '--yes']],
  ['empty', emptyCommand, ['--yes']],
  ['dlq redrive', dlqCommand, ['redrive', '--queue', 'uploads']],
  ['quarantine redrive', quarantineCommand, ['redrive', '--reason', 'empty']],
] as const)('%s does nothing before it is told where', async (_, command, argv) => {
  const nowhere = { stdout: new Writable(), stderr: new Writable() };
  await expect(command([...argv], nowhere)).rejects.toThrow(/--stack ID or --local/);
});

test('a production stack is not emptied', async () => {
  const nowhere = { stdout: new Writable(), stderr: new Writable() };
  await expect(emptyCommand(['--yes', '--stack', 'Rasid-news-prod'], nowhere)).rejects.toThrow(
    'not a development stack',
  );
});

test('an emptied stack holds no version of any file', async () => {
  const io = {
    stdout: new Writable({ write: (_c, _e, done) => done() }),
    stderr: new Writable({ write: (_c, _e, done) => done() }),
  };
  await emptyCommand(['--yes', '--local', '--state', dir], io);
  expect((await run(statusCommand, 'good.txt')).code).toBe(1);
});
