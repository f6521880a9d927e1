import { RECORDS } from '../../shared/parse/bounds.ts';
import { alertingArticle, quietArticle } from '../news.ts';
import { openPipeline } from '../pipeline.ts';

/** `npm test` takes a spoonful, `PROVE=1` twice what one object may hold. */
const ARTICLES = process.env['PROVE'] ? 2 * RECORDS : 100;
const TAKEN = Math.min(ARTICLES, RECORDS);

test(`of ${ARTICLES} articles in one object ${TAKEN} are stored, a refusal with advice says if there are more, and split they are all stored, once`, async () => {
  // The last one alerts: it is the one that would be missed.
  const bodies = Array.from({ length: ARTICLES }, (_, n) =>
    n === ARTICLES - 1 ? alertingArticle(n) : quietArticle(n).slice(0, 80),
  );
  const lines = bodies.map((text) => JSON.stringify({ text }));
  const p = await openPipeline();
  try {
    await p.drop('dump.ndjson', lines.join('\n'));
    await p.host.idle();
    expect(await p.articles()).toHaveLength(TAKEN);
    const refused = (await p.items()).filter(({ sk }) => sk?.S?.startsWith('Q#'));
    expect(refused.map(({ key, reason }) => [key?.S, reason?.S])).toEqual(
      ARTICLES > RECORDS ? [['dump.ndjson', 'too-many-members']] : [],
    );
    for (const { advice } of refused) expect(advice?.S).toContain('Split it');
    expect(p.alerts()).toHaveLength(ARTICLES > RECORDS ? 0 : 1);

    // `split`, as the advice has it.
    const half = ARTICLES / 2;
    await p.drop('part-aa.ndjson', lines.slice(0, half).join('\n'));
    await p.drop('part-ab.ndjson', lines.slice(half).join('\n'));
    await p.host.idle();
    expect(await p.articles()).toHaveLength(ARTICLES);
    expect(p.alerts()).toHaveLength(1);
    const errors = p.facts.filter(({ level }) => level === 'error');
    expect(errors).toEqual([]);
  } finally {
    await p.host.stop();
  }
}, 300_000);
