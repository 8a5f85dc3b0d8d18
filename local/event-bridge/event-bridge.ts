import { type AwsService } from '../aws-service.ts';
import { EventBridgeService } from './event-bridge-service.ts';
import { type Buses, EventBuses, type EventBusesOptions } from './event-buses.ts';
import { type DeliveryFailure } from './rule.ts';

/** What the buses need of the twin; the clock and `dropped` (a warning on the console) have defaults. */
export type EventBridgeOptions = Omit<EventBusesOptions, 'clock' | 'dropped'> &
  Partial<Pick<EventBusesOptions, 'clock' | 'dropped'>>;

/** The event buses of the twin and their wire protocol. */
export interface EventBridge extends Buses {
  readonly service: AwsService;
}

/** Opens the event buses whose pending deliveries are kept in `db` (tables `bus_*`). */
export function createEventBridge(options: EventBridgeOptions): EventBridge {
  const buses = new EventBuses({ clock: Date.now, dropped: warnOfDropped, ...options });
  return Object.assign(buses, { service: new EventBridgeService(buses) });
}

function warnOfDropped(failure: DeliveryFailure): void {
  console.warn(`event given up for ${failure.targetArn}: ${failure.errorMessage}`);
}
