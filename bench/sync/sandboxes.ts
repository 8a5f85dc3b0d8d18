import type * as z from 'zod';
import { type Account, type OpenAccount } from './account.ts';
import { openAmazon } from './accounts/amazon.ts';
import { openBigCommerce } from './accounts/bigcommerce.ts';
import { openEbay } from './accounts/ebay.ts';
import { openShopify } from './accounts/shopify.ts';
import { openSquare } from './accounts/square.ts';
import { openTiktok } from './accounts/tiktok.ts';
import { openWalmart } from './accounts/walmart.ts';
import { openWooCommerce } from './accounts/woocommerce.ts';
import { Gate } from './gate.ts';
import { type fromSandboxes, type OpenedAccount, sandboxOptions, toSandboxes } from './protocol.ts';

/** A process of its own for the channels: what they do takes no time of Crossdock's. */
const { feedSeconds, ...assortment } = sandboxOptions.parse(JSON.parse(process.argv[2] ?? '{}'));
const all: readonly OpenAccount[] = [
  openShopify,
  openAmazon,
  openWalmart,
  openEbay,
  openTiktok,
  openWooCommerce,
  openBigCommerce,
  openSquare,
];
const tell = (message: z.input<typeof fromSandboxes>): void => {
  process.send?.(message);
};

const opened = await Promise.all(all.map(open));
const feeds = opened.map(({ account, gate }) =>
  setInterval(() => {
    account.workThrough?.();
    if (account.workThrough !== undefined) gate.look();
  }, feedSeconds * 1000),
);
tell({ kind: 'opened', accounts: opened.map(told) });

process.on('message', (message) => {
  if (toSandboxes.parse(message) === 'stop') return void stop();
  const { user, system } = process.cpuUsage();
  const channels = opened.map(({ account: { type }, gate }) => ({ type, ...gate.figures, sightings: gate.sightings }));
  tell({ kind: 'seen', channels, cpuMs: (user + system) / 1000 });
});
process.on('disconnect', () => process.exit());

async function open(opener: OpenAccount): Promise<{ readonly account: Account; readonly gate: Gate }> {
  const account = await opener(assortment);
  const gate = new Gate(account, assortment.skus.length);
  await gate.open();
  return { account, gate };
}

function told({ account, gate }: (typeof opened)[number]): OpenedAccount {
  const { type, allows, channel, ids } = account;
  return { type, allows, ...channel(gate.url), ids: assortment.skus.map((_, sku) => ({ ...ids(sku) })) };
}

async function stop(): Promise<void> {
  feeds.forEach((feed) => clearInterval(feed));
  await Promise.all(opened.map(({ gate }) => gate.close()));
  await Promise.all(opened.map(({ account }) => account.stop()));
  process.disconnect();
}
