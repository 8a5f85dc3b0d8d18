import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type AvailabilityConnector } from '../availability-connector.ts';
import { type Connector } from '../connector.ts';

/**
 * How a channel is compared: where it can be asked what it shows (`read`), by that; any that is told of stock by what was recorded for it. Refusal:
 * `invalid-request` where channels of its type are told of none.
 */
export const comparableBy = (
  { type }: Pick<Channel, 'type'>,
  { availability }: Connector,
): Result<AvailabilityConnector> =>
  availability === undefined
    ? refuse('invalid-request', `A channel of type ${type} is not told of stock, so there is nothing to compare.`)
    : ok(availability);
