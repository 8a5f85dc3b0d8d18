import { type ApiAnswer, type ApiClient, type ApiInput, mustSucceed } from '../../shared/contracts/api-client.ts';
import { type ApiContract } from '../../shared/contracts/define-api.ts';
import type * as z from 'zod';
import { eventually } from '../../shared/testing/eventually.ts';

/** A client as a careful integration has it: it repeats under the same key until it is answered, whatever dies meanwhile. */
export interface PatientClient {
  /** The first answer that is not a failure of the server. */
  call<C extends ApiContract>(contract: C, input?: ApiInput<C>): Promise<ApiAnswer<z.output<C['response']>>>;
  /** The body of that answer. @throws Error when it is a refusal */
  must<C extends ApiContract>(contract: C, input?: ApiInput<C>): Promise<z.output<C['response']>>;
}

/** @param api where to call; asked anew for each try, because a restarted server may be elsewhere */
export function patientClient(api: () => ApiClient, deadlineMs: number): PatientClient {
  const call: PatientClient['call'] = (contract, input) => {
    const key = input?.key ?? crypto.randomUUID();
    return eventually(
      async () => {
        const answer = await api()(contract, { ...input, key });
        if (answer.ok || answer.status < 500) return answer;
        throw new Error(`${contract.id}: ${answer.status} ${answer.problem.detail ?? ''}`);
      },
      { what: `an answer to ${contract.id}`, deadlineMs, everyMs: 50 },
    );
  };
  return { call, must: async (contract, input) => mustSucceed(await call(contract, input)) };
}
