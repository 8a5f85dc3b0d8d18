import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { ask } from './graphql.ts';
import { gid } from './ids.ts';

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
export interface Setting {
  readonly offer: Offer;
  readonly locationId: string;
  readonly quantity: number;
  readonly from: number | null;
}

type Answers = Map<Setting, Result<true>>;

/**
 * Sets `available` of at most 250 items at locations, in one mutation that is all or nothing: a quantity that is stale is sent again without
 * comparing (Crossdock is the source of truth), one that Shopify refuses is left out and has its answer, and the rest goes through.
 * Sources: https://shopify.dev/docs/api/admin-graphql/2026-04/mutations/inventorySetQuantities; its answers as recorded of a shop
 */
export async function setQuantities(connection: Connection, settings: readonly Setting[]): Promise<Answers> {
  const answers: Answers = new Map();
  let left = settings.map((setting) => ({ setting, from: setting.from }));
  for (let attempt = 0; left.length > 0; attempt += 1) {
    const errors =
      attempt > corrections
        ? refuse('provider-unavailable', 'Shopify kept refusing parts of the call. It is tried again.')
        : await send(connection, left);
    const whole = errors.ok ? wholeAnswer(errors.value) : errors;
    if (whole !== undefined) {
      for (const { setting } of left) answers.set(setting, whole);
      break;
    }
    left = corrected(left, errors.ok ? errors.value : [], answers);
  }
  return answers;
}

type Sent = readonly { readonly setting: Setting; readonly from: number | null }[];

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
function corrected(sent: Sent, errors: readonly UserError[], answers: Answers) {
  return sent.flatMap((one, index) => {
    const about = errors.filter((error) => indexOf(error) === index || Number.isNaN(indexOf(error)));
    const refused = about.find((error) => !isStale(error));
    if (refused === undefined) return [about.length > 0 ? { ...one, from: null } : one];
    answers.set(one.setting, final(one.setting, refused));
    return [];
  });
}

/** What to do about an item that Shopify will not have, by its code. */
const remedies: Readonly<Record<string, string>> = {
  INVALID_INVENTORY_ITEM: 'Put the listing with the inventoryItemId that its variant has.',
  INVALID_LOCATION: "Put a location of this shop into the channel's locationId or locations.",
  ITEM_NOT_STOCKED_AT_LOCATION: 'Stock it there: Shopify admin, the product, Inventory, Edit locations.',
};

/** An item that is not stocked where it has nothing to sell shows what it should. */
function final({ offer: { sku }, locationId, quantity }: Setting, { code, message }: UserError): Result<true> {
  if (code === 'ITEM_NOT_STOCKED_AT_LOCATION' && quantity === 0) return ok(true);
  const isUnknown = code === 'INVALID_INVENTORY_ITEM' || code === 'INVALID_LOCATION';
  const words = `Shopify refused ${sku} at location ${locationId}: ${message} (${code ?? 'no code'})`;
  return refuse(isUnknown ? 'not-found' : 'state-conflict', `${words} ${remedies[code ?? ''] ?? ''}`.trim());
}

async function send(connection: Connection, sent: Sent): Promise<Result<readonly UserError[]>> {
  const { channelId } = connection.channel;
  // One key for one call and its throttled repeats; a call made again later is another, as it compares with what is there by then.
  const key = randomUUID();
  const input = {
    name: 'available',
    reason: 'correction',
    referenceDocumentUri: `crossdock://channels/${channelId}/availability/${key}`,
    quantities: sent.map(({ setting: { offer, locationId, quantity }, from }) => ({
      inventoryItemId: gid('InventoryItem', offer.ids.inventoryItemId ?? ''),
      locationId: gid('Location', locationId),
      quantity,
      changeFromQuantity: from,
    })),
  };
  const variables = { input, idempotencyKey: key };
  const data = await ask(connection, { query: mutation, variables, operation: 'inventory' });
  if (!data.ok) return data;
  const parsed = mutated.safeParse(data.value);
  return parsed.success
    ? ok(parsed.data.inventorySetQuantities.userErrors)
    : refuse('provider-unavailable', 'Shopify answered without a result of inventorySetQuantities');
}
