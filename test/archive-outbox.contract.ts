import type { Archive, Outbox, Settled } from '../shared/ports.ts';
import { EVENT, PENDING, recordLike } from './records.ts';

export interface Store {
  readonly archive: Archive;
  readonly outbox: Outbox;
}

const FAR = new Date('2999-01-01T00:00:00Z');

async function overdueIds({ outbox }: Store, before = FAR): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of outbox.overdue(before)) ids.push(id);
  return ids.sort();
}

const sent: Settled = {
  rule: PENDING.rule,
  state: 'SENT',
  at: '2026-11-22T08:00:02.000Z',
  messageId: 'm-1',
  reason: null,
  attempts: 0,
  story: null,
  update: null,
};

/** What archive and outbox promise together, whichever they are: articles with their alerts, stored once, sent once. */
export function archiveAndOutboxContract(name: string, open: () => Store): void {
  describe(`${name}: archive and outbox`, () => {
    let n = 0;
    /** An article nobody else of this suite has. */
    const fresh = (some: Parameters<typeof recordLike>[0] = {}) =>
      recordLike({ id: `${name.slice(0, 4)}-${(n++).toString().padStart(16, '0')}`, ...some });

    test('an article comes back as it was stored, with its events and alerts', async () => {
      const { archive, outbox } = open();
      const record = fresh({
        source: 'وكالة',
        byline: 'محرر',
        url: 'https://news.example/1',
        published: { value: '2026-11-21', precision: 'day', origin: 'meta', confidence: 0.9 },
        eventsLeftOut: 3,
        events: [EVENT, { ...EVENT, rule: 'other', sentence: null, shadow: true, start: 0 }],
      });
      expect(await archive.add(record)).toBe('added');
      expect(await outbox.read(record.id)).toEqual(record);
    });

    test('an article without anything optional comes back the same', async () => {
      const { archive, outbox } = open();
      const record = fresh({ title: '', labels: [], events: [], alerts: [] });
      await archive.add(record);
      expect(await outbox.read(record.id)).toEqual(record);
    });

    test('the same upload again is known, and changes nothing', async () => {
      const { archive, outbox } = open();
      const record = fresh();
      await archive.add(record);
      expect(await archive.add({ ...record, seenAt: '2026-11-22T09:00:00.000Z' })).toBe('known');
      expect(await outbox.read(record.id)).toEqual(record);
    });

    test('the answer to our own write, lost and asked for again, is still that it was added', async () => {
      const { archive } = open();
      const record = fresh();
      await archive.add(record);
      expect(await archive.add(record)).toBe('added');
    });

    test.each([
      ['another name', { key: 'نسخة.txt' }],
      ['another version', { versionId: 'v2' }],
      ['another place in the file', { member: 1 }],
      ['another bucket', { bucket: 'else' }],
    ])('the same text under %s is a copy, once', async (_, elsewhere) => {
      const { archive, outbox } = open();
      const record = fresh();
      await archive.add(record);
      const seenAt = '2026-11-22T09:00:00.000Z';
      const copy = { ...record, seenAt, object: { ...record.object, ...elsewhere } };
      expect(await archive.add(copy)).toBe('copy');
      expect(await archive.add({ ...copy, seenAt: '2026-11-22T10:00:00.000Z' })).toBe('known');
      expect(await outbox.read(record.id)).toEqual(record);
    });

    test('of many writers of one text, one adds it and the others make copies', async () => {
      const { archive } = open();
      const record = fresh();
      const seenAt = (i: number) => `2026-11-22T09:00:0${i}.000Z`;
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          archive.add({ ...record, seenAt: seenAt(i), object: { ...record.object, key: `k${i}` } }),
        ),
      );
      expect(answers.sort()).toEqual(['added', ...Array(7).fill('copy')]);
    });

    test('an article with pending alerts is found overdue, oldest first, until all of them are settled', async () => {
      const store = open();
      const record = fresh({ alerts: [PENDING, { ...PENDING, rule: 'other' }] });
      await store.archive.add(record);
      expect(await overdueIds(store)).toContain(record.id);
      await store.outbox.settle(record, [sent]);
      expect(await overdueIds(store)).toContain(record.id);
      const half = await store.outbox.read(record.id);
      await store.outbox.settle(half ?? record, [{ ...sent, rule: 'other' }]);
      expect(await overdueIds(store)).not.toContain(record.id);
    });

    test('one that is younger is not overdue yet', async () => {
      const store = open();
      const record = fresh({ seenAt: '2026-11-22T08:00:01.000Z' });
      await store.archive.add(record);
      expect(await overdueIds(store, new Date('2026-11-22T08:00:01.000Z'))).not.toContain(
        record.id,
      );
      expect(await overdueIds(store, new Date('2026-11-22T08:00:01.001Z'))).toContain(record.id);
    });

    test.each([
      ['without alerts', []],
      [
        'with suppressed alerts only',
        [{ ...PENDING, state: 'SUPPRESSED', reason: 'old' } as const],
      ],
    ])('an article %s is never overdue', async (_, alerts) => {
      const store = open();
      const record = fresh({ alerts });
      await store.archive.add(record);
      expect(await overdueIds(store)).not.toContain(record.id);
    });

    test('what became of an alert is kept with it', async () => {
      const { archive, outbox } = open();
      const record = fresh();
      await archive.add(record);
      await outbox.settle(record, [sent]);
      expect((await outbox.read(record.id))?.alerts).toEqual([
        { ...PENDING, state: 'SENT', sentAt: sent.at, messageId: 'm-1' },
      ]);
    });

    test('a refused alert that is tried again stays pending, with the reason and the count', async () => {
      const store = open();
      const record = fresh();
      await store.archive.add(record);
      const refused = {
        ...sent,
        state: 'PENDING',
        messageId: null,
        reason: 'no',
        attempts: 1,
      } as const;
      await store.outbox.settle(record, [refused]);
      expect((await store.outbox.read(record.id))?.alerts).toEqual([
        { ...PENDING, reason: 'no', attempts: 1 },
      ]);
      expect(await overdueIds(store)).toContain(record.id);
    });

    test('of two that settle the same alert, the first one’s word stands', async () => {
      const { archive, outbox } = open();
      const record = fresh();
      await archive.add(record);
      await outbox.settle(record, [sent]);
      await outbox.settle(record, [{ ...sent, messageId: 'm-2', at: '2026-11-22T09:00:00.000Z' }]);
      expect((await outbox.read(record.id))?.alerts[0]?.messageId).toBe('m-1');
    });

    test('an alert that came while others were being sent is still found', async () => {
      const store = open();
      const record = fresh();
      await store.archive.add(record);
      const event = { ...EVENT, topic: 'weapons-request', rule: 'arms' };
      await store.archive.rescore({
        ...record,
        watchlistVersion: 'w2',
        events: [EVENT, event],
        alerts: [PENDING, { ...PENDING, rule: 'arms', event: 1 }],
      });
      // The relay had read the article before that.
      await store.outbox.settle(record, [sent]);
      const states = (await store.outbox.read(record.id))?.alerts.map(({ rule, state }) => [
        rule,
        state,
      ]);
      expect(Object.fromEntries(states ?? [])).toEqual({ [PENDING.rule]: 'SENT', arms: 'PENDING' });
      expect(await overdueIds(store)).toContain(record.id);
    });

    test('what is not there is null', async () => {
      expect(await open().outbox.read('nobody')).toBeNull();
    });

    test('a bad file is kept with its reason; the same again changes the time alone', async () => {
      const { archive } = open();
      const entry = {
        object: recordLike().object,
        name: 'a.jpg',
        reason: 'binary',
        advice: 'Upload text.',
      };
      await archive.quarantine(entry, new Date('2026-11-22T08:00:00Z'));
      await archive.quarantine(entry, new Date('2026-11-22T09:00:00Z'));
    });

    test('a key of 1,024 bytes is no longer than the others', async () => {
      const { archive, outbox } = open();
      const object = { ...recordLike().object, key: 'ا'.repeat(512) };
      const record = fresh({ object });
      await archive.add(record);
      const copy = {
        ...record,
        object: { ...object, key: 'ب'.repeat(512) },
        seenAt: '2027-01-01T00:00:00.000Z',
      };
      expect(await archive.add(copy)).toBe('copy');
      await archive.quarantine({ object, name: null, reason: 'empty', advice: '' }, FAR);
      expect((await outbox.read(record.id))?.object).toEqual(object);
    });
  });
}
