import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildApp } from '../../infra/app.ts';
import { fixtureRoot } from './fixture/app.ts';
import { startTwin } from '../twin.ts';
buildApp({
  outdir: '/dev/shm/xout',
  stage: 'local',
  code: () => Code.fromAsset(`${fixtureRoot}/.build/functions/shop/http/hello`),
}).synth();
const t = performance.now();
const twin = await startTwin({
  assembly: '/dev/shm/xout',
  dataDir: '/dev/shm/xd2',
  onPhase: (p, ms) => console.log(p, ms),
});
console.log(performance.now() - t, twin.functions.length, twin.outputs);
await twin.stop();
