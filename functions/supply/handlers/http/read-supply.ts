import { readSupply as contract } from '../../../../shared/contracts/supply/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readSupply } from '../../domain/read-supply.ts';

/** Says what is to come under a reference. */
export const build = (ports = awsPorts) => httpHandler(contract, ({ params }) => readSupply(ports)(params.reference));

export const handler = build();
