import { openPipeline, type Pipeline } from './pipeline.ts';
import { alertingArticle, quietArticle } from './news.ts';
let p: Pipeline;
afterAll(() => p.host.stop());
test('x', async () => {
  const t0 = Date.now();
  p = await openPipeline();
  console.log('start', Date.now() - t0);
  for (let i = 0; i < 10; i++) { await p.drop(`a${i}.txt`, alertingArticle(i)); await p.drop(`q${i}.txt`, quietArticle(i)); }
  setTimeout(()=>console.log(p.lines.slice(0,30).join('\n'), p.lines.length), 6000);
  await p.host.idle();
  console.log('idle', Date.now() - t0, (await p.articles()).length, p.alerts().length, (await p.quarantined()));
  console.log(p.lines.filter(l=>!l.includes('Sweeps')&&!l.includes('swept')).slice(0,60).join('\n'), p.alerts().map(a=>a.alertId+' '+a.event.quote).join('\n'));
  console.log(p.facts.filter(f=>f.level==='error'));
});
