// Writes the fixtures of this version's items, once, when RECORD_VERSION is raised: `node --import tsx test/upgrades/write.ts`.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { itemOf } from '../../shared/aws/article-item.ts';
import { RECORD_VERSION } from '../../shared/record.ts';
import { EVENT, PENDING, recordLike } from '../records.ts';

const RECORDS = {
  full: recordLike({
    source: 'وكالة',
    byline: 'محرر',
    url: 'https://news.example/1',
    published: { value: '2026-11-21', precision: 'day', origin: 'meta', confidence: 0.9 },
    eventsLeftOut: 3,
    object: { ...recordLike().object, member: 2 },
    events: [
      {
        ...EVENT,
        attribution: 'الصحيفة',
        place: { id: 'moscow', text: 'موسكو' },
        codes: { cameo: ['042'] },
      },
      { ...EVENT, rule: 'on-trial', sentence: null, shadow: true, start: 0 },
    ],
    alerts: [{ ...PENDING, state: 'SENT', sentAt: '2026-11-22T08:00:02.000Z', messageId: 'm-1' }],
  }),
  bare: recordLike({ title: '', labels: [], events: [], alerts: [] }),
};

const folder = new URL(`./item-v${RECORD_VERSION}/`, import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, record] of Object.entries(RECORDS)) {
  const file = new URL(`${name}.json`, folder);
  if (existsSync(file))
    throw new Error(`${file} is there: fixtures of a version are never written again`);
  writeFileSync(file, `${JSON.stringify({ item: itemOf(record), record }, null, 2)}\n`);
}
