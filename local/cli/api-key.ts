import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../template/json.ts';
import { type Twin } from '../twin.ts';

const makerSuffix = 'bootstrap-api-key';
const attempts = 5;

/**
 * The API key of this machine: made by the app's own function on the first start and kept in `<data>/api-key`.
 * `undefined` where the app has no such function.
 */
export async function ensureApiKey(
  twin: Pick<Twin, 'functions' | 'invoke'>,
  dataDir: string,
): Promise<string | undefined> {
  const file = path.join(dataDir, 'api-key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const maker = twin.functions.find(({ name }) => name.endsWith(makerSuffix));
  if (!maker) return undefined;
  const key = await made(twin, maker.name);
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}

/** A table that is throttled, or answers that are lost, may fail one call and not the next; a key that nobody was told does no harm. */
async function made(twin: Pick<Twin, 'invoke'>, maker: string): Promise<string> {
  let answer: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { payload, functionError } = await twin.invoke(maker, { name: 'local', scopes: ['*'] });
    if (!functionError && isObject(payload) && typeof payload['key'] === 'string') return payload['key'];
    answer = payload;
  }
  throw new Error(`${maker} made no API key: ${JSON.stringify(answer)}`);
}
