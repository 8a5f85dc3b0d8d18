import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type AvailabilityConnector } from '../availability-connector.ts';
import { type Connector } from '../connector.ts';

/** How a channel is asked what it shows. */
export interface ReadableChannel extends NonNullable<AvailabilityConnector['read']> {
  readonly availability: AvailabilityConnector;
  readonly shows: AvailabilityConnector['shows'];
}

/** How a channel is asked what it shows. Refusal: `invalid-request` where channels of its type cannot be asked. */
export function readableBy({ type }: Pick<Channel, 'type'>, { availability }: Connector): Result<ReadableChannel> {
  if (availability?.read === undefined)
    return refuse(
      'invalid-request',
      availability === undefined
        ? `A channel of type ${type} is not told of stock, so there is nothing to compare.`
        : `A channel of type ${type} cannot be asked what it shows: compare it with GET /v1/channels/{channelId}/offers/{sku}.`,
    );
  return ok({ ...availability.read, availability, shows: availability.shows });
}
