import { readReturn as contract } from '../../../../shared/contracts/returns/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { permitOf } from '../../adapters/return-call.ts';
import { readReturn } from '../../domain/read-return.ts';

/** Reads a return. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal }) => readReturn(ports)(params.returnId, permitOf(principal)));

export const handler = build();
