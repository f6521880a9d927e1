import { cpus } from 'node:os';
import type { Fault, Moment } from '../../infra/local/fault.ts';
import { alertingArticle, pick, quietArticle, randomOf } from '../news.ts';
import { openPipeline } from '../pipeline.ts';

const { PROVE, RASID_FILES } = process.env;
/** `npm test` takes a spoonful, `PROVE=1` all of it, `RASID_FILES=500` so many. */
const FILES = RASID_FILES ? Number(RASID_FILES) : PROVE ? 20_000 : 60;
const OLD_FILES = RASID_FILES ? Number(RASID_FILES) : PROVE ? 40_000 : 60;
/** Uploads under way at a time, as a busy scraper has them. */
const UPLOADERS = 16;
const HOUR_MS = 3_600_000;
/** Files between two words on how far it is. */
const STRIDE = 1000;

async function uploadAll(count: number, upload: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const n = next++;
      if (n % STRIDE === 0 && n > 0) say(`${n} of ${count} uploaded`);
      await upload(n);
    }
  };
  await Promise.all(Array.from({ length: UPLOADERS }, lane));
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}

/** How long something took, and on what. */
function stopwatch() {
  const startedAt = Date.now();
  return () => {
    const seconds = (Date.now() - startedAt) / 1000;
    const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'cpu'}, Node ${process.version}`;
    const mb = Math.round(process.memoryUsage.rss() / 2 ** 20);
    return { seconds: Math.round(seconds), machine, mb };
  };
}

/** One call of a function in two hundred goes wrong before it has an effect, one in two hundred after. */
function trouble() {
  const random = randomOf(1);
  const kinds: Fault[] = [
    { do: 'fail', status: 503, code: 'SlowDown' },
    { do: 'drop' },
    { do: 'kill' },
  ];
  const struck: Record<string, number> = {};
  const strike =
    (where: string) =>
    (moment: Moment): Fault | null => {
      if (moment.what !== 'call' || moment.caller === null || random() >= 1 / 200) return null;
      const fault = pick(random, kinds);
      const name = `${fault.do} ${where} ${moment.operation}`;
      struck[name] = (struck[name] ?? 0) + 1;
      return fault;
    };
  return { struck, faults: { before: strike('before'), after: strike('after') } };
}

test(
  `${FILES} files while one call in a hundred fails: none is lost`,
  async () => {
    const { struck, faults } = trouble();
    const p = await openPipeline({ faults });
    try {
      const watch = stopwatch();
      await uploadAll(FILES, (n) =>
        p.drop(`load/${n}.txt`, n % 50 === 0 ? alertingArticle(n) : quietArticle(n)),
      );
      await p.host.idle();
      // Minutes later by the schedule, here at once: what a kill left between two steps.
      await p.host.runSchedule('Sweep');
      await p.host.idle();
      const took = watch();

      const articles = await p.articles();
      const keys = new Set(articles.map(({ object }) => object.key));
      const told = p.alerts().map(({ alertId }) => alertId);
      const alerts = articles.flatMap(({ alerts: all }) => all);
      // Between sending and marking nobody can tell whether it was sent: then twice is better than never.
      const unheard = Object.entries(struck)
        .filter(([name]) => /after Publish|(before|after) UpdateItem/.test(name))
        .reduce((sum, [, times]) => sum + times, 0);
      const outcome = {
        files: FILES,
        lost: FILES - keys.size,
        storedTwice: articles.length - keys.size,
        alertsDue: Math.ceil(FILES / 50),
        alertsTold: new Set(told).size,
        // Invented articles share the sentence that alerts, so that one in some hundreds passes for another's copy.
        copies: alerts.filter(({ reason }) => reason === 'story').length,
        toldTwice: told.length - new Set(told).size,
        pending: alerts.filter(({ state }) => state === 'PENDING').length,
        quarantined: (await p.quarantined()).length,
      };
      const faultsInAll = Object.values(struck).reduce((sum, times) => sum + times, 0);
      say(JSON.stringify({ ...outcome, ...took, faults: faultsInAll, struck }));
      expect(faultsInAll).toBeGreaterThan(0);
      expect(outcome).toMatchObject({ lost: 0, storedTwice: 0, pending: 0, quarantined: 0 });
      expect(outcome.alertsTold + outcome.copies).toBe(outcome.alertsDue);
      expect(outcome.copies).toBeLessThanOrEqual(outcome.alertsDue / 100);
      expect(outcome.toldTwice).toBeLessThanOrEqual(unheard);
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
      const watch = stopwatch();
      await uploadAll(OLD_FILES, (n) =>
        p.drop(`old/${n}.txt`, alertingArticle(n), { published: '2019-05-04' }),
      );
      await p.host.idle();
      const took = watch();
      const alerts = (await p.articles()).flatMap(({ alerts: all }) => all);
      const mails = p.host.outbox().filter(({ topic }) => !topic.startsWith('Digests')).length;
      say(JSON.stringify({ files: OLD_FILES, suppressed: alerts.length, mails, ...took }));
      expect(alerts).toHaveLength(OLD_FILES);
      expect(new Set(alerts.map(({ state, reason }) => `${state} ${reason}`))).toEqual(
        new Set(['SUPPRESSED old']),
      );
      expect(mails).toBe(0);
    } finally {
      await p.host.stop();
    }
  },
  HOUR_MS,
);
