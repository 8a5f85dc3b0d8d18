import { synthesizeFixture } from './fixture-assembly.ts';
import { startTwin } from '../twin.ts';
const t = performance.now();
const { directory, cached } = await synthesizeFixture();
console.log('synth', cached, performance.now() - t);
const twin = await startTwin({ assembly: directory, dataDir: '/dev/shm/fx', onPhase: (p, ms) => console.log(p, ms) });
console.log(twin.apiUrl, twin.outputs['Shop.Url'], performance.now() - t);
console.log(await (await fetch(`${twin.apiUrl}/hello/you`)).text(), performance.now() - t);
const h = { 'x-api-key': 'open', 'content-type': 'application/json' };
const r = await fetch(`${twin.apiUrl}/orders`, { method: 'POST', body: '{"id":"1"}', headers: h });
console.log(r.status, await r.text(), performance.now() - t);
console.log(await (await fetch(`${twin.apiUrl}/orders/1`, { headers: h })).text());
console.log(await (await fetch(`${twin.apiUrl}/echo/a/b?x=1&x=2`, { method: 'POST', body: 'abc' })).text());
console.log(await (await fetch(`${twin.apiUrl}/orders/1`)).text());
console.log(await (await fetch(`${twin.apiUrl}/nope`)).text());
console.log(twin.coldStarts());
if (process.argv[2]) {
  const { Pool } = await import('undici');
  const p = new Pool(twin.apiUrl, { connections: 32 });
  for (let round = 0; round < 3; round++) {
    const n = 10000;
    let i = 0;
    const s = performance.now();
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        while (i++ < n) {
          const r = await p.request({ method: 'GET', path: '/hello/you' });
          await r.body.text();
        }
      }),
    );
    console.log('req/s', n / ((performance.now() - s) / 1000));
  }
  await p.destroy();
}
await twin.idle();
const t3 = performance.now();
await twin.stop();
console.log('stop', performance.now() - t3);
