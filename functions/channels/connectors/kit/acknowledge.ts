import { type Result } from '../../../../shared/kernel/result.ts';
import { type Acknowledgements, type Offer } from '../../domain/availability-connector.ts';

/** The same answer for every offer of a call. */
export const acknowledgeAll = (offers: readonly Pick<Offer, 'sku'>[], answer: Result<true>): Acknowledgements =>
  new Map(offers.map(({ sku }) => [sku, answer]));
