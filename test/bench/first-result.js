// Loads one bundle in a bare Node, as Lambda does, runs its handler once, and says what CPU time that took since the
// process began (threads of Node included), in microseconds, and what memory it holds then.
const [, , bundle, event] = process.argv;
const { handler } = await import(bundle);
const loaded = process.cpuUsage();
const answer = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 120_000 });
const { user, system } = process.cpuUsage();
process.stderr.write(
  JSON.stringify({
    init: loaded.user + loaded.system,
    cpu: user + system,
    rss: process.memoryUsage.rss(),
    answer,
  }),
);
// Kept-alive connections would hold the process for seconds.
process.exit(0);
