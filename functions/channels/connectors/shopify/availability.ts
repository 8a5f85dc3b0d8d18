import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Acknowledgements, type Connection, type Offer } from '../../domain/connector.ts';
import { graphql } from './graphql.ts';

/** The most quantities in one mutation. */
const maximumQuantities = 250;
/** How often one mutation is corrected (a stale quantity, an item that Shopify does not know) and sent again. */
const corrections = 3;

const mutation = `mutation CrossdockSetAvailable($input: InventorySetQuantitiesInput!, $idempotencyKey: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $idempotencyKey) {
    inventoryAdjustmentGroup { id }
    userErrors { field message code }
  }
}`;

const userError = z.object({ field: z.array(z.string()).nullish(), message: z.string(), code: z.string().nullish() });
const mutated = z.object({ inventorySetQuantities: z.object({ userErrors: z.array(userError) }) });
type UserError = z.infer<typeof userError>;

/** One quantity to set: `from` is what Shopify is believed to show now; null sets it whatever it is. */
interface Setting {
  readonly offer: Offer;
  readonly from: number | null;
}

/**
 * Sets `available` absolutely with `inventorySetQuantities`, compare-and-set on the last acknowledged quantity. The mutation is all or nothing:
 * a quantity that is stale is sent again without comparing (Crossdock is the source of truth), one that Shopify refuses is left out and
 * reported, and the rest goes through.
 */
export async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const answers = new Map<string, Result<true>>();
  for (let start = 0; start < offers.length; start += maximumQuantities) {
    await setAll(connection, offers.slice(start, start + maximumQuantities), answers);
  }
  return answers;
}

async function setAll(
  connection: Connection,
  offers: readonly Offer[],
  answers: Map<string, Result<true>>,
): Promise<void> {
  let settings: readonly Setting[] = offers.map((offer) => ({ offer, from: offer.previous ?? null }));
  for (let attempt = 0; settings.length > 0; attempt += 1) {
    const errors =
      attempt > corrections
        ? refuse('too-busy', 'Shopify kept refusing parts of the call.')
        : await send(connection, settings);
    const whole = errors.ok ? wholeAnswer(errors.value) : errors;
    if (whole !== undefined) {
      for (const { offer } of settings) answers.set(offer.sku, whole);
      return;
    }
    settings = corrected(settings, errors.ok ? errors.value : [], answers);
  }
}

/** Which quantity an error is about: `["input", "quantities", "3", …]`. */
const indexOf = ({ field }: UserError): number => (field?.[1] === 'quantities' ? Number(field[2]) : Number.NaN);
const isStale = ({ code }: UserError): boolean => code === 'CHANGE_FROM_QUANTITY_STALE';

/** The answer to all quantities at once: taken, or refused for something that none of them is to blame for. */
function wholeAnswer(errors: readonly UserError[]): Result<true> | undefined {
  if (errors.length === 0) return ok(true);
  const general = errors.find((error) => Number.isNaN(indexOf(error)) && !isStale(error));
  return (
    general && refuse('provider-unavailable', `Shopify refused: ${general.message} (${general.code ?? 'no code'})`)
  );
}

/** What to send next: stale quantities without their comparison, refused ones no more. */
function corrected(
  settings: readonly Setting[],
  errors: readonly UserError[],
  answers: Map<string, Result<true>>,
): Setting[] {
  return settings.flatMap((setting, index) => {
    const about = errors.filter((error) => indexOf(error) === index || Number.isNaN(indexOf(error)));
    const refused = about.find((error) => !isStale(error));
    if (refused === undefined) return [about.length > 0 ? { ...setting, from: null } : setting];
    answers.set(
      setting.offer.sku,
      refuse(
        'provider-unavailable',
        `Shopify refused ${setting.offer.sku}: ${refused.message} (${refused.code ?? 'no code'})`,
      ),
    );
    return [];
  });
}

async function send(connection: Connection, settings: readonly Setting[]): Promise<Result<readonly UserError[]>> {
  const { channel } = connection;
  // One key for one call and its throttled repeats; a call made again later is another, as it compares with what is there by then.
  const key = randomUUID();
  const locationId = channel.endpoint.kind === 'shopify' ? gid('Location', channel.endpoint.locationId) : '';
  const quantities = settings.map(({ offer, from }) => ({
    inventoryItemId: gid('InventoryItem', offer.inventoryItemId ?? ''),
    locationId,
    quantity: offer.quantity,
    changeFromQuantity: from,
  }));
  const input = {
    name: 'available',
    reason: 'correction',
    referenceDocumentUri: `crossdock://channels/${channel.channelId}/availability/${key}`,
    quantities,
  };
  const data = await graphql(connection, mutation, { input, idempotencyKey: key });
  if (!data.ok) return data;
  const parsed = mutated.safeParse(data.value);
  return parsed.success
    ? ok(parsed.data.inventorySetQuantities.userErrors)
    : refuse('provider-unavailable', 'Shopify answered without a result of inventorySetQuantities');
}

/** Shopify's global id of a thing; a listing may hold it whole or as its number. */
const gid = (kind: string, id: string): string => (id.startsWith('gid://') ? id : `gid://shopify/${kind}/${id}`);
