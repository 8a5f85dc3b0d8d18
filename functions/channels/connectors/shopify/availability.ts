import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Acknowledgements, type AvailabilityConnector, type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { chunksOf } from '../kit/chunks.ts';
import { lacksPlace } from '../kit/place.ts';
import { isId, numberOf, placeOf } from './ids.ts';
import { readQuantities } from './read-quantities.ts';
import { type Setting, setQuantities } from './set-quantities.ts';

/** The most quantities in one mutation. */
const mostQuantities = 250;

/** The `available` quantity of listed items, at one location or at each of the channel's. */
export const availability: AvailabilityConnector = {
  lacksSetting: (channel) => lacksPlace(channel, 'locationId', placeOf(channel)),
  lacks: (_channel, { inventoryItemId }) => (inventoryItemId === undefined ? 'give inventoryItemId' : undefined),
  target: ({ ids: { inventoryItemId } }) => inventoryItemId && numberOf(inventoryItemId),
  batch: mostQuantities,
  byLocation: true,
  publish,
  read: { batch: 100, settlesSeconds: 0, quantities: readQuantities },
};

/** Absolute quantities, compare-and-set on what was acknowledged last; 250 to a mutation, one mutation after the other. */
async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const known = offers.filter(({ ids }) => isId('InventoryItem', ids.inventoryItemId ?? ''));
  const settings = known.flatMap((offer) => settingsOf(connection.channel, offer));
  const answers = new Map<string, Result<true>>(offers.map(({ sku }) => [sku, unlisted]));
  for (const { sku } of known) answers.set(sku, ok(true));
  let down: Result<true> | undefined;
  for (const some of chunksOf(settings, mostQuantities)) {
    const came: ReadonlyMap<Setting, Result<true>> = down === undefined
      ? await setQuantities(connection, some)
      : new Map(some.map((setting) => [setting, down ?? ok(true)]));
    for (const [{ offer }, answer] of came) {
      if (answer.ok) continue;
      if (answer.refusal.code === 'provider-unavailable') down = answer;
      if (answers.get(offer.sku)?.ok === true) answers.set(offer.sku, answer);
    }
  }
  return answers;
}

function settingsOf(channel: Channel, offer: Offer): Setting[] {
  const { locations, previousLocations = {}, quantity, previous } = offer;
  if (locations === undefined) return [{ offer, locationId: placeOf(channel) ?? '', quantity, from: previous ?? null }];
  return Object.entries(locations).map(([locationId, part]) => ({
    offer,
    locationId,
    quantity: part,
    from: previousLocations[locationId] ?? null,
  }));
}

const unlisted = refuse(
  'invalid-request',
  "The listing's inventoryItemId is no id of Shopify: put its digits, or gid://shopify/InventoryItem/ and its digits.",
);
