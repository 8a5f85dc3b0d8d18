import { type Connector } from '../../domain/connector.ts';

/** A channel that calls Crossdock's own API: it captures orders and reads availability itself, so nothing is sent and nothing taken in. */
export const api: Connector = {};
