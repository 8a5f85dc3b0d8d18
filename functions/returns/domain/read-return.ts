import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type ReturnsPorts } from '../ports.ts';
import { type Permit, noReturn } from './call.ts';
import { type View, viewOf } from './view.ts';

/** Reads one return. Refusals: `not-found`, `forbidden`. */
export const readReturn =
  (ports: ReturnsPorts) =>
  async (returnId: string, permit: Permit): Promise<Result<View>> => {
    const found = await ports.return(returnId);
    if (found === undefined) return noReturn(returnId);
    const permitted = permit(found);
    return permitted.ok ? ok(viewOf(found)) : permitted;
  };
