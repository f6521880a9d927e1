import { dynamodbArchive } from '../shared/aws/dynamodb-archive.ts';
import { dynamodbOutbox } from '../shared/aws/dynamodb-outbox.ts';
import type { ArticleRecord } from '../shared/record.ts';
import { rescored } from '../shared/rescore.ts';
import { event, record } from './samples.ts';
import { startTable } from './table.ts';

const ID = { id: 'r'.repeat(22) };
const quote = (text: string, start: number) => ({ text, start, end: start + text.length });
const sent = (of: ArticleRecord): ArticleRecord => ({
  ...of,
  alerts: of.alerts.map((alert) => ({ ...alert, state: 'SENT' as const, messageId: 'm1' })),
});
const shown = ({ events, alerts }: ArticleRecord) =>
  alerts.map(({ rule, state, event: at }) => [rule, state, events[at]?.quote]);

describe('an article under another watchlist', () => {
  const before = sent(record(ID, [event({ quote: quote('visited', 10) })]));

  test('keeps the alert that went out, with its evidence, though the rule is gone', () => {
    const after = rescored(before, { ...record(ID, []), watchlistVersion: 'w2' });
    expect(shown(after)).toEqual([['visit', 'SENT', 'visited']]);
    expect(after.watchlistVersion).toBe('w2');
  });

  test('gets alerts for rules that had none', () => {
    const fresh = record(ID, [
      event({ rule: 'meeting', topic: 'meeting', quote: quote('met', 30) }),
      event({ quote: quote('visited', 10) }),
    ]);
    const after = rescored(before, fresh);
    expect(shown(after)).toEqual([
      ['visit', 'SENT', 'visited'],
      ['meeting', 'PENDING', 'met'],
    ]);
    expect(after.events).toHaveLength(2);
    expect(after.labels).toEqual(fresh.labels);
  });

  test('shows what people were shown, when the rule finds something else now', () => {
    const after = rescored(before, record(ID, [event({ quote: quote('travelled', 50) })]));
    expect(shown(after)).toEqual([['visit', 'SENT', 'visited']]);
    expect(after.events.map(({ quote: words }) => words)).toEqual(['travelled', 'visited']);
  });
});

describe('in the table', () => {
  let host: Awaited<ReturnType<typeof startTable>>;
  beforeAll(async () => {
    host = await startTable();
  });
  afterAll(() => host.stop());

  test('it is added when it is new, changed when the watchlist is, and left alone otherwise', async () => {
    const archive = dynamodbArchive(host.dynamodb, host.table);
    const made = record(ID, [event()], { suppress: 'backfill' });
    expect(await archive.rescore(made)).toBe('added');
    expect(await archive.rescore(made)).toBe('known');
    const meeting = event({ rule: 'meeting', topic: 'meeting' });
    const fresh = { ...record(ID, [event(), meeting]), watchlistVersion: 'w2' };
    expect(await archive.rescore(fresh)).toBe('rescored');
    const found = await dynamodbOutbox(host.dynamodb, host.table).read(ID.id);
    expect(found?.alerts.map(({ rule, state }) => [rule, state])).toEqual([
      ['visit', 'SUPPRESSED'],
      ['meeting', 'PENDING'],
    ]);
    expect(found?.seenAt).toBe(made.seenAt);
  });
});
