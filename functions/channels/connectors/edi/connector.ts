import { type Connector } from '../../domain/connector.ts';
import { check } from './check.ts';
import { mapOrder } from './map-order.ts';
import { needs } from './needs.ts';
import { answerQuarantined } from './answer-quarantined.ts';
import { takeIn } from './signature.ts';
import { hears, tell } from './tell.ts';

/**
 * A trading partner that speaks ASC X12: 850, 860 and 940 come in, as a VAN or AS2 gateway posts them; 855, 856, 945 and 997 go out. Its stock needs no
 * telling.
 */
export const edi: Connector = {
  needs,
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  map: mapOrder,
  tell,
  hears,
  numbered: true,
  answerQuarantined,
  check,
};
