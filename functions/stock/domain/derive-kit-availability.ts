import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { availabilityChanged } from '../../../shared/contracts/stock/events.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { isKit } from '../../../shared/model/network/product.ts';
import { type KitPorts } from '../kit-ports.ts';
import { type Part, atsOfKit, channelsNamed, termsOfKit, versionOfKit } from './kit-availability.ts';

/** The operation that an event about a kit names: it is derived, so nothing is derived from it. */
export const kitOperation = 'kit';

/** What a pool can sell of a component has changed. */
export type ComponentMessage = EventMessage<{
  readonly sku: string;
  readonly pool: string;
  readonly operation: string;
}>;

/**
 * What a pool can sell of the kits whose components changed: read as it is now, each kit of a pool once, whatever the messages say and
 * however often they come. A component without kits says nothing, and neither does a kit: it is a component of none.
 */
export const deriveKitAvailability =
  (ports: KitPorts) =>
  async (messages: readonly ComponentMessage[]): Promise<readonly EventMessage[]> => {
    const components = messages.filter(({ data }) => data.operation !== kitOperation);
    const kitsOf = new Map<string, readonly string[]>();
    for (const sku of new Set(components.map(({ data }) => data.sku))) kitsOf.set(sku, await ports.kitsWith(sku));
    const asked = new Map<string, { readonly kit: string; readonly by: ComponentMessage }>();
    for (const by of components)
      for (const kit of kitsOf.get(by.data.sku) ?? []) asked.set(JSON.stringify([kit, by.data.pool]), { kit, by });
    const events: EventMessage[] = [];
    for (const { kit, by } of asked.values()) events.push(...(await eventOf(ports, kit, by)));
    return events;
  };

async function eventOf(ports: KitPorts, sku: string, by: ComponentMessage): Promise<EventMessage[]> {
  const kit = await ports.product(sku);
  if (kit === undefined || !isKit(kit)) return [];
  const { pool: name, sku: reference } = by.data;
  const parts: Part[] = [];
  for (const component of kit.components) parts.push({ component, pool: await ports.poolOf(component.sku, name) });
  const channels = await Promise.all(channelsNamed(parts).map((channelId) => ports.channel(channelId)));
  const terms = channels
    .filter((channel): channel is Channel => channel !== undefined)
    .map((channel) => [channel.channelId, termsOfKit(channel, parts)] as const);
  return [
    availabilityChanged.of(
      `${sku}@${name}`,
      versionOfKit(kit, parts),
      { now: by.time, actor: by.actor },
      {
        sku,
        pool: name,
        ats: atsOfKit(parts),
        ...(terms.length > 0 && { terms: Object.fromEntries(terms) }),
        rose: false,
        operation: kitOperation,
        reference,
      },
    ),
  ];
}
