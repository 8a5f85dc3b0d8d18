import { type returnWaits } from '../../../shared/contracts/returns/tasks.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type ReturnsPorts } from '../ports.ts';
import { noReturn } from './call.ts';

/** Which process waits for what. */
export interface AwaitCall {
  readonly returnId: string;
  readonly until: (typeof returnWaits)[number];
  readonly taskToken: string;
  readonly now: string;
}

/**
 * Keeps the task token on the return. Whatever state it is in by now, the table's stream sees this write and answers, so nothing that
 * happened in between is lost. Refusal: `not-found`.
 */
export const awaitReturn =
  (ports: ReturnsPorts) =>
  ({ returnId, until, taskToken, now }: AwaitCall): Promise<Result<Record<string, never>>> =>
    decideAndCommit(ports.commit, async () => {
      if ((await ports.return(returnId)) === undefined) return noReturn(returnId);
      return ok({
        changes: [{ kind: 'wait', entity: 'return', id: { returnId }, wait: { taskToken, until }, at: now }],
        reply: {},
      });
    });
