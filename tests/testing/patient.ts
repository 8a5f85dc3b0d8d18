import { type ApiAnswer, type ApiClient, type ApiInput, mustSucceed } from '../../shared/contracts/api-client.ts';
import { type ApiContract } from '../../shared/contracts/define-api.ts';
import type * as z from 'zod';
import { eventually } from '../../shared/testing/eventually.ts';

/** A client as a careful integration has it: it repeats under the same key until it is answered, whatever dies meanwhile. */
export interface PatientClient {
  /** The first answer that is not a failure of the server. */
  call<C extends ApiContract>(contract: C, input?: ApiInput<C>): Promise<ApiAnswer<z.output<C['response']>>>;
  /** How many tries came to nothing so far: refused connections, cut answers, failures of the server. */
  failures(): number;
  /** The body of that answer. @throws Error when it is a refusal */
  must<C extends ApiContract>(contract: C, input?: ApiInput<C>): Promise<z.output<C['response']>>;
}

/** A client that waits until the deadline for each answer. */
export function patientClient(api: ApiClient, deadlineMs: number): PatientClient {
  let failures = 0;
  const call: PatientClient['call'] = (contract, input) => {
    const key = input?.key ?? crypto.randomUUID();
    return eventually(
      async () => {
        failures += 1;
        const answer = await api(contract, { ...input, key });
        if (!answer.ok && answer.status >= 500)
          throw new Error(`${contract.id}: ${answer.status} ${answer.problem.detail ?? ''}`);
        failures -= 1;
        return answer;
      },
      { what: `an answer to ${contract.id}`, deadlineMs, everyMs: 50 },
    );
  };
  return { call, failures: () => failures, must: async (contract, input) => mustSucceed(await call(contract, input)) };
}
