// Runs the bundle of ingest over articles, ten a batch as SQS gives them, with S3 and DynamoDB answered in this process,
// and writes what memory it holds on the way. A process of its own, since memory is a process's.
import { createServer } from 'node:http';

const [, , bundle, articles, looks] = process.argv;
const bodies = JSON.parse(process.env.BODIES ?? '[]');
let served = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (request.headers['x-amz-target']) return response.end('{}');
    if (request.url.includes('watchlist.yaml')) {
      response.statusCode = 404;
      return response.end('<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
    }
    // A number of its own makes every article a new one.
    return response.end(`${served++} ${bodies[served % bodies.length]}`);
  });
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${server.address().port}`;
process.stdout.write = () => true;
const { handler } = await import(bundle);
const batch = (from) => ({
  Records: Array.from({ length: 10 }, (_, i) => ({
    messageId: String(from + i),
    body: JSON.stringify({
      Records: [
        {
          eventTime: new Date().toISOString(),
          s3: { bucket: { name: 'inbox' }, object: { key: `${from + i}.txt`, size: 5000 } },
        },
      ],
    }),
  })),
});
const every = articles / looks;
for (let read = 0; read < articles; read += 10) {
  const answer = await handler(batch(read), { getRemainingTimeInMillis: () => 120_000 });
  if (answer.batchItemFailures.length > 0) throw new Error('an article failed');
  if ((read + 10) % every > 0) continue;
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  process.stderr.write(`${JSON.stringify({ read: read + 10, rss, heapUsed })}\n`);
}
process.exit(0);
