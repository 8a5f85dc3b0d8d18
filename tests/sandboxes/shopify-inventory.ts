import * as z from 'zod';
import { canonicalJson } from '../../shared/kernel/json.ts';

/** One error of a mutation itself. */
export interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code: string;
}

/** What a mutation came to: its payload, or a top-level error. */
export type MutationResult =
  | { readonly kind: 'payload'; readonly group: object | null; readonly userErrors: readonly UserError[] }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

const quantity = z.strictObject({
  inventoryItemId: z.string(),
  locationId: z.string(),
  quantity: z.int(),
  changeFromQuantity: z.int().nullable().optional(),
});
const setInput = z.strictObject({
  name: z.string(),
  reason: z.string(),
  referenceDocumentUri: z.string().optional(),
  quantities: z.array(quantity),
});
type Quantity = z.infer<typeof quantity>;

const most = 1_000_000_000;

/** The inventory of a shop: what each item shows at each location, and the rules of `inventorySetQuantities` as of 2026-04. */
export class ShopifyInventory {
  readonly #quantities = new Map<string, number>();
  readonly #items = new Set<string>();
  readonly #locations = new Set<string>();
  readonly #keys = new Map<string, { readonly request: string; readonly result: MutationResult }>();

  /** Stocks an item at a location. */
  stock(inventoryItemId: string, locationId: string, quantity: number): void {
    this.#quantities.set(`${inventoryItemId} ${locationId}`, quantity);
    this.#items.add(inventoryItemId);
    this.#locations.add(locationId);
  }

  /** What an item shows at a location; `undefined` where it is not stocked. */
  available(inventoryItemId: string, locationId: string): number | undefined {
    return this.#quantities.get(`${inventoryItemId} ${locationId}`);
  }

  /** True for an item that is stocked anywhere. */
  knows(inventoryItemId: string): boolean {
    return this.#items.has(inventoryItemId);
  }

  /** Sets quantities: all or none. The same key with the same input answers what the first call did; with another, it is refused. */
  set(input: unknown, key: string | undefined): MutationResult {
    const parsed = setInput.safeParse(input);
    if (!parsed.success) {
      const detail = parsed.error.issues[0]?.message ?? '';
      return {
        kind: 'error',
        code: 'INVALID_VARIABLE',
        message: `Variable $input of type InventorySetQuantitiesInput! was provided invalid value (${detail})`,
      };
    }
    if (parsed.data.quantities.some(({ changeFromQuantity }) => changeFromQuantity === undefined)) {
      return {
        kind: 'error',
        code: 'INVALID_FIELD_ARGUMENTS',
        message: 'InventoryQuantityInput must include the following argument: changeFromQuantity.',
      };
    }
    if (key === undefined) {
      return {
        kind: 'error',
        code: 'BAD_REQUEST',
        message: 'The @idempotent directive is required for this mutation but was not provided.',
      };
    }
    const request = canonicalJson(input);
    const earlier = this.#keys.get(key);
    if (earlier?.request === request) return earlier.result;
    if (earlier !== undefined)
      return failed([
        {
          field: null,
          message: 'The same idempotency key cannot be used with different operation parameters.',
          code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
        },
      ]);
    const result = this.#apply(parsed.data);
    this.#keys.set(key, { request, result });
    return result;
  }

  #apply({ name, reason, referenceDocumentUri, quantities }: z.infer<typeof setInput>): MutationResult {
    const nameError =
      name === 'available' || name === 'on_hand'
        ? []
        : [
            {
              field: ['input', 'name'],
              message: "The quantity name must be either 'available' or 'on_hand'.",
              code: 'INVALID_NAME',
            },
          ];
    const errors = [...nameError, ...quantities.flatMap((one, index) => this.#errorsOf(one, index))];
    if (errors.length > 0) return failed(errors);
    const changes = quantities.map(({ inventoryItemId, locationId, quantity }) => {
      const delta = quantity - (this.available(inventoryItemId, locationId) ?? 0);
      this.stock(inventoryItemId, locationId, quantity);
      return { name, delta, item: { id: inventoryItemId }, location: { id: locationId } };
    });
    const group = {
      id: `gid://shopify/InventoryAdjustmentGroup/${this.#keys.size + 1}`,
      reason,
      referenceDocumentUri: referenceDocumentUri ?? null,
      changes,
    };
    return { kind: 'payload', group, userErrors: [] };
  }

  #errorsOf({ inventoryItemId, locationId, quantity, changeFromQuantity }: Quantity, index: number): UserError[] {
    const at = (field: string, message: string, code: string): UserError[] => [
      { field: ['input', 'quantities', String(index), field], message, code },
    ];
    if (!this.#items.has(inventoryItemId))
      return at('inventoryItemId', 'The specified inventory item could not be found.', 'INVALID_INVENTORY_ITEM');
    if (!this.#locations.has(locationId))
      return at('locationId', 'The specified location could not be found.', 'INVALID_LOCATION');
    const present = this.available(inventoryItemId, locationId);
    if (present === undefined)
      return at(
        'locationId',
        'The specified inventory item is not stocked at the location.',
        'ITEM_NOT_STOCKED_AT_LOCATION',
      );
    if (quantity < 0) return at('quantity', "The quantity can't be negative.", 'INVALID_QUANTITY_NEGATIVE');
    if (quantity > most)
      return at('quantity', "The quantity can't be higher than 1,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH');
    if (changeFromQuantity == null || changeFromQuantity === present) return [];
    return at(
      'changeFromQuantity',
      'The changeFromQuantity value does not match persisted value.',
      'CHANGE_FROM_QUANTITY_STALE',
    );
  }
}

const failed = (userErrors: readonly UserError[]): MutationResult => ({ kind: 'payload', group: null, userErrors });
