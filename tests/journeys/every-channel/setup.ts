import { expect } from 'vitest';
import { type ApiClient, mustSucceed } from '../../../shared/contracts/api-client.ts';
import { putChannelCredentials } from '../../../shared/contracts/channels/credentials-apis.ts';
import * as management from '../../../shared/contracts/channels/management-apis.ts';
import { type Market } from './market.ts';

/** The type names what the account was told; the test of the connection is good, and with a wrong credential says which, without a secret. */
export async function connects(api: ApiClient, { channelId, account, type }: Market): Promise<void> {
  const { types } = mustSucceed(await api(management.listChannelTypes));
  const needs = types.find((one) => one.type === type);
  const { settings, credentials, wrong } = account;
  expect(Object.keys(needs?.settings ?? {})).toEqual(expect.arrayContaining(Object.keys(settings)));
  expect(Object.keys(needs?.credentials ?? {})).toEqual(expect.arrayContaining(Object.keys(credentials.values ?? {})));
  const test = async () => mustSucceed(await api(management.testChannel, { params: { channelId } }));
  const good = await test();
  expect(good.checks.filter(({ ok }) => !ok)).toEqual([]);
  if (wrong === undefined) return;
  const body = { values: wrong.values };
  mustSucceed(await api(putChannelCredentials, { params: { channelId }, body }));
  const bad = await test();
  expect(bad.ok).toBe(false);
  expect(bad.checks.flatMap(({ ok, detail }) => (ok ? [] : [detail])).join(' ')).toMatch(wrong.says);
  for (const secret of [...Object.values(wrong.values), ...Object.values(credentials.values ?? {})])
    expect(JSON.stringify(bad)).not.toContain(secret);
}
