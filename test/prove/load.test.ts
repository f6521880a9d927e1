import type { Fault, Moment } from '../../infra/local/fault.ts';
import { alertingArticle, pick, quietArticle, randomOf } from '../news.ts';
import { openPipeline } from '../pipeline.ts';

const { PROVE } = process.env;
/** `npm test` takes a spoonful. */
const FILES = PROVE ? 20_000 : 60;
const OLD_FILES = PROVE ? 40_000 : 60;
/** Uploads under way at a time, as a busy scraper has them. */
const UPLOADERS = 16;
const HOUR_MS = 3_600_000;

async function uploadAll(count: number, upload: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await upload(next++);
  };
  await Promise.all(Array.from({ length: UPLOADERS }, lane));
}

test(
  `${FILES} files while one call in two hundred fails: none is lost`,
  async () => {
    const random = randomOf(1);
    const trouble: Fault[] = [
      { do: 'fail', status: 503, code: 'SlowDown' },
      { do: 'drop' },
      { do: 'kill' },
    ];
    const strike = (moment: Moment): Fault | null =>
      moment.what === 'call' && moment.caller !== null && random() < 1 / 200
        ? pick(random, trouble)
        : null;
    const p = await openPipeline({ faults: { before: strike, after: strike } });
    try {
      const startedAt = Date.now();
      await uploadAll(FILES, (n) =>
        p.drop(`load/${n}.txt`, n % 50 === 0 ? alertingArticle(n) : quietArticle(n)),
      );
      await p.host.idle();
      const seconds = (Date.now() - startedAt) / 1000;
      process.stdout.write(
        `${FILES} files in ${seconds.toFixed(0)} s, ${(FILES / seconds).toFixed(0)} a second\n`,
      );
      const articles = await p.articles();
      expect(articles).toHaveLength(FILES);
      expect(
        articles.flatMap(({ alerts }) => alerts).filter(({ state }) => state === 'PENDING'),
      ).toEqual([]);
      expect(new Set(p.alerts().map(({ alertId }) => alertId)).size).toBe(Math.ceil(FILES / 50));
    } finally {
      await p.host.stop();
    }
  },
  HOUR_MS,
);

test(
  `${OLD_FILES} old files dropped at once mail nobody`,
  async () => {
    const p = await openPipeline({ env: { MAX_ALERT_AGE_DAYS: '30' } });
    try {
      await uploadAll(OLD_FILES, (n) =>
        p.drop(`old/${n}.txt`, alertingArticle(n), { published: '2019-05-04' }),
      );
      await p.host.idle();
      const alerts = (await p.articles()).flatMap(({ alerts }) => alerts);
      expect(alerts).toHaveLength(OLD_FILES);
      expect(new Set(alerts.map(({ state, reason }) => `${state} ${reason}`))).toEqual(
        new Set(['SUPPRESSED old']),
      );
      expect(p.host.outbox()).toEqual([]);
    } finally {
      await p.host.stop();
    }
  },
  HOUR_MS,
);
