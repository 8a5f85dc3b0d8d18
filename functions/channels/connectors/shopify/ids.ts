import { type Channel } from '../../../../shared/model/network/network.ts';

/** Shopify's global id of a thing; what we keep may be that, or its number. */
export const gid = (kind: string, id: string): string => (id.startsWith('gid://') ? id : `gid://shopify/${kind}/${id}`);

/** The number of a global id, which is the id that webhooks use. */
export const numberOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1).replace(/\?.*$/, '');

/** True for what can be an id of a kind of thing: one that cannot would fail the whole call that it is part of. */
export const isId = (kind: string, id: string): boolean => new RegExp(`^(gid://shopify/${kind}/)?\\d+$`).test(id);

/** The location whose `available` quantity is set where the channel is told one quantity; `undefined` where nobody said. */
export const placeOf = ({ endpoint, settings = {} }: Pick<Channel, 'endpoint' | 'settings'>): string | undefined =>
  settings['locationId'] ?? (endpoint.kind === 'shopify' ? endpoint.locationId : undefined);
