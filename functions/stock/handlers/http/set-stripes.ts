import { setStripes as contract } from '../../../../shared/contracts/stock/stripe-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { stripePorts } from '../../adapters/stripe-ports.ts';
import { setStripes } from '../../domain/stripes/set-stripes.ts';

/** Spreads a pool over stripes, or folds it. */
export const build = (ports = stripePorts) =>
  httpHandler(contract, ({ params, body, now, principal }) =>
    setStripes(ports)(params, body.stripes, { now, actor: principal.name }),
  );

export const handler = build();
