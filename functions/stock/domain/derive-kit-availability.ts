import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { availabilityChanged } from '../../../shared/contracts/stock/events.ts';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { isKit } from '../../../shared/model/network/product.ts';
import { type Part, availabilityOfKit, channelsNamed } from '../../../shared/model/stock/kit-availability.ts';
import { type KitPorts } from '../kit-ports.ts';

/** The operation that an event about a kit names: it is derived, so nothing is derived from it. */
export const kitOperation = 'kit';

/** What a pool can sell of a component has changed. */
export type ComponentMessage = EventMessage<{
  readonly sku: string;
  readonly pool: string;
  readonly operation: string;
}>;

/** Readings that are under way at once. */
const width = 16;

/**
 * What a pool can sell of the kits whose components changed: read as it is now, each kit of a pool once, whatever the messages say and
 * however often they come. A component without kits says nothing, and neither does a kit: it is a component of none. A component is read
 * once for all kits of a batch; if it is written meanwhile, its next message has all of them told again.
 */
export const deriveKitAvailability =
  (ports: KitPorts) =>
  async (messages: readonly ComponentMessage[]): Promise<readonly EventMessage[]> => {
    const components = messages.filter(({ data }) => data.operation !== kitOperation);
    const skus = [...new Set(components.map(({ data }) => data.sku))];
    const kitsOf = new Map(await atMost(width, skus, async (sku) => [sku, await ports.kitsWith(sku)] as const));
    const asked = new Map<string, { readonly kit: string; readonly by: ComponentMessage }>();
    for (const by of components)
      for (const kit of kitsOf.get(by.data.sku) ?? []) asked.set(JSON.stringify([kit, by.data.pool]), { kit, by });
    const readings: KitPorts = {
      ...ports,
      channel: once((channelId) => ports.channel(channelId)),
      poolOf: once((sku, pool) => ports.poolOf(sku, pool)),
    };
    return (await atMost(width, [...asked.values()], ({ kit, by }) => eventOf(readings, kit, by))).flat();
  };

/** A reading that is made once, whoever asks for the same. */
function once<A extends string[], R>(read: (...about: A) => Promise<R>): (...about: A) => Promise<R> {
  const made = new Map<string, Promise<R>>();
  return (...about) => {
    const key = JSON.stringify(about);
    const reading = made.get(key) ?? read(...about);
    made.set(key, reading);
    return reading;
  };
}

async function eventOf(ports: KitPorts, sku: string, by: ComponentMessage): Promise<EventMessage[]> {
  const kit = await ports.product(sku);
  if (kit === undefined || !isKit(kit)) return [];
  const { pool: name, sku: reference } = by.data;
  const parts: Part[] = [];
  for (const component of kit.components) parts.push({ component, pool: await ports.poolOf(component.sku, name) });
  const named = await Promise.all(channelsNamed(parts).map((channelId) => ports.channel(channelId)));
  const channels = named.filter((channel) => channel !== undefined);
  const { version, ats, terms } = availabilityOfKit(kit, parts, channels);
  return [
    availabilityChanged.of(
      `${sku}@${name}`,
      version,
      { now: by.time, actor: by.actor },
      { sku, pool: name, ats, ...(terms && { terms }), rose: false, operation: kitOperation, reference },
    ),
  ];
}
