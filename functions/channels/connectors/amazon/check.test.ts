import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type AmazonSandbox, startAmazonSandbox } from '../../../../tests/sandboxes/amazon.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { amazon } from './connector.ts';

const credentials = { clientId: 'amzn1.app', clientSecret: 'a-client-secret', refreshToken: 'Atzr|refresh' };
const running: AmazonSandbox[] = [];
let sandbox: AmazonSandbox;

beforeEach(async () => {
  sandbox = await startAmazonSandbox(credentials, { pageSize: 2 });
  running.push(sandbox);
});
afterAll(() => Promise.all(running.map((one) => one.stop())));

const connectionWith = (settings: Record<string, string> = {}, values: Record<string, string> = credentials) => {
  const { url: apiUrl, lwaUrl } = sandbox;
  const seller = { apiUrl, lwaUrl, sellerId: 'A1TESTSELLER', marketplaceIds: 'ATVPDKIKX0DER' };
  const channel = channelOf({ channelId: 'amazon-us', type: 'amazon', settings: { ...seller, ...settings } });
  return connectionOf(channel, { values });
};

describe('a test of the connection', () => {
  const faultsOf = async (connection = connectionWith()) =>
    ((await amazon.check?.(connection)) ?? []).flatMap(({ ok, detail }) => (ok ? [] : [detail]));

  it('finds nothing wrong where nothing is', async () => {
    expect(await faultsOf()).toEqual([]);
    expect(await faultsOf(connectionWith({ ordersApi: 'v0' }))).toEqual([]);
    expect(await faultsOf(connectionWith({ program: 'vendor' }))).toEqual([]);
  });

  it.each([
    ['refreshToken', 'invalid_grant'],
    ['clientSecret', 'invalid_client'],
  ])('says which credential Amazon refuses: %s', async (name, error) => {
    const faults = await faultsOf(connectionWith({}, { ...credentials, [name]: 'another-secret' }));
    expect(faults).toEqual([expect.stringContaining(error)]);
    expect(faults.join()).not.toContain('another-secret');
  });

  it('says what is missing', async () => {
    expect(await faultsOf(connectionWith({}, {}))).toEqual([expect.stringContaining('lacks clientId')]);
    expect(await faultsOf(connectionWith({ marketplaceIds: 'A1F83G8C2ARO7P' }))).toEqual([
      expect.stringContaining('does not sell on A1F83G8C2ARO7P'),
    ]);
    expect(await faultsOf(connectionWith({ sellerId: '' }))).toEqual([expect.stringContaining('setting sellerId')]);
    sandbox.tokens.hasRoles = false;
    expect(await faultsOf(connectionWith({ ordersApi: 'v0' }))).toEqual([
      expect.stringContaining('Direct-to-Consumer'),
    ]);
  });

  it('says which role stock and listings lack', async () => {
    const other = await startAmazonSandbox(credentials, { denied: ['getListingsItem'] });
    running.push(other);
    const faults = await faultsOf(connectionWith({ apiUrl: other.url, lwaUrl: other.lwaUrl }));
    expect(faults).toEqual([expect.stringContaining('the role Product Listing')]);
  });

  it('says that notifications are not subscribed', async () => {
    const other = await startAmazonSandbox(credentials, { subscribed: false });
    running.push(other);
    const faults = await faultsOf(connectionWith({ apiUrl: other.url, lwaUrl: other.lwaUrl }));
    expect(faults).toEqual([expect.stringContaining('ORDER_CHANGE is not subscribed')]);
  });
});
