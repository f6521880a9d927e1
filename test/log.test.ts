import { jsonLog } from '../shared/log.ts';
import { embeddedMeter } from '../shared/metrics.ts';

function logged(write: (log: ReturnType<typeof jsonLog>) => void): string[] {
  const lines: string[] = [];
  write(jsonLog((line) => lines.push(line)));
  return lines;
}

test.each([
  ['a line break', 'a\n{"level":"error","message":"forged"}'],
  ['an escape sequence', '\u001B[2J\u001B[31mred'],
  ['an escape sequence in one character', '\u009B2J'],
  ['a turn of direction', 'gpj.\u202Etxt.exe'],
  ['a line separator', 'a\u2028b'],
  ['an isolate that never ends', '\u2067a'],
])('%s in a file’s name stays inside its line, spelt out', (_, key) => {
  const [line, ...more] = logged((log) => log.info('gone', { key }));
  expect(more).toEqual([]);
  expect(line).toMatch(/^[\x20-\x7E]*$/);
  expect(JSON.parse(line ?? '')).toEqual({ level: 'info', message: 'gone', key });
});

test('an error is told with its name, message, stack and causes', () => {
  const error = new TypeError('outer', { cause: new RangeError('inner') });
  const [line] = logged((log) => log.error('failed', error, { id: 'x' }));
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 'error',
    message: 'failed',
    id: 'x',
    error: {
      name: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('log.test'),
      cause: { name: 'RangeError', message: 'inner' },
    },
  });
});

test('what is thrown but no error is told too', () => {
  expect(logged((log) => log.error('failed', 'just text'))[0]).toContain('just text');
});

describe('metrics', () => {
  const NOW = new Date('2026-11-22T08:00:00Z');
  function metered(use: (meter: ReturnType<typeof embeddedMeter>) => void) {
    const lines: string[] = [];
    const meter = embeddedMeter(
      'Rasid-news-dev',
      (line) => lines.push(line),
      () => NOW,
    );
    use(meter);
    meter.flush();
    return lines.map((line) => JSON.parse(line));
  }

  test('counts of one run become one line, in the form CloudWatch reads', () => {
    const lines = metered((meter) => {
      meter.add('Ingested');
      meter.add('Ingested', 2);
    });
    expect(lines).toEqual([
      {
        _aws: {
          Timestamp: NOW.getTime(),
          CloudWatchMetrics: [
            {
              Namespace: 'Rasid',
              Dimensions: [['Stack']],
              Metrics: [{ Name: 'Ingested', Unit: 'Count' }],
            },
          ],
        },
        Stack: 'Rasid-news-dev',
        Ingested: 3,
      },
    ]);
  });

  test('a metric with parts counts for the stack and for each part', () => {
    const lines = metered((meter) => {
      meter.add('Quarantined', 1, 'binary');
      meter.add('Quarantined', 1, 'empty');
      meter.add('Quarantined', 1, 'binary');
    });
    expect(lines.map(({ Reason, Quarantined }) => [Reason, Quarantined])).toEqual([
      ['binary', 2],
      ['empty', 1],
    ]);
    expect(lines[0]._aws.CloudWatchMetrics[0].Dimensions).toEqual([['Stack'], ['Stack', 'Reason']]);
  });

  test('times are kept each, at most a hundred a line, as CloudWatch reads them', () => {
    const lines = metered((meter) => {
      for (let i = 0; i < 250; i++) meter.add('UploadToAlert', i);
    });
    expect(lines.map(({ UploadToAlert }) => UploadToAlert.length)).toEqual([100, 100, 50]);
  });

  test('a run in which nothing happened says nothing, and nothing is said twice', () => {
    expect(metered(() => {})).toEqual([]);
    expect(
      metered((meter) => {
        meter.add('Sweeps');
        meter.flush();
      }),
    ).toHaveLength(1);
  });
});
