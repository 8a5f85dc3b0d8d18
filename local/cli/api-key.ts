import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../template/json.ts';
import { type Twin } from '../twin.ts';

const makerSuffix = 'bootstrap-api-key';

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
  const { payload, functionError } = await twin.invoke(maker.name, { name: 'local', scopes: ['*'] });
  if (functionError || !isObject(payload) || typeof payload['key'] !== 'string') {
    throw new Error(`${maker.name} made no API key: ${JSON.stringify(payload)}`);
  }
  writeFileSync(file, `${payload['key']}\n`, { mode: 0o600 });
  return payload['key'];
}
