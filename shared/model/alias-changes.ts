import { type Change, create } from './changes.ts';
import { type Listing } from './network/network.ts';
import { type ListingAlias, aliasesOf } from './network/listing-alias.ts';
import { type ProductAlias, productAliasesOf } from './network/product-alias.ts';
import { type Product } from './network/product.ts';

type Alias = Pick<ListingAlias | ProductAlias, 'kind' | 'value'>;

const notIn = (all: readonly Alias[]) => (alias: Alias) =>
  !all.some(({ kind, value }) => kind === alias.kind && value === alias.value);

/** Brings what finds a listing to what it is now: part of the transaction that writes it. */
export function listingAliasChanges(before: Listing | undefined, after: Listing): Change[] {
  const [old, now] = [before === undefined ? [] : aliasesOf(before), aliasesOf(after)];
  return [
    ...now.filter(notIn(old)).map((alias) => create('listingAlias', alias)),
    ...old.filter(notIn(now)).map((id): Change => ({ kind: 'delete', entity: 'listingAlias', id })),
  ];
}

/** Brings what finds a product to what it is now: part of the transaction that writes it. */
export function productAliasChanges(before: Product | undefined, after: Product): Change[] {
  const [old, now] = [before === undefined ? [] : productAliasesOf(before), productAliasesOf(after)];
  return [
    ...now.filter(notIn(old)).map((alias) => create('productAlias', alias)),
    ...old.filter(notIn(now)).map((id): Change => ({ kind: 'delete', entity: 'productAlias', id })),
  ];
}
