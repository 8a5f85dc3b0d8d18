import { type ApiAnswer, type ApiClient } from '../../shared/contracts/api-client.ts';

/** How often a call is repeated that got no answer, or a busy one, and the longest pause before it in milliseconds. */
const attempts = 8;
const longestPauseMs = 2_000;

/** Works off `items` in their order with `clients` at a time. */
export async function withClients<T>(
  clients: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/**
 * A client that does as a good one does: what got no answer, or that of a server that is busy, is sent again under the same
 * Idempotency-Key, after a pause with jitter.
 * @param repeated told of each repeat
 */
export const patient = (api: ApiClient, repeated: () => void): ApiClient => {
  const call: ApiClient = async (contract, input = {}) => {
    const key = input.key ?? crypto.randomUUID();
    for (let attempt = 1; ; attempt += 1) {
      const answer = await api(contract, { ...input, key }).catch(unanswered);
      const final = answer.ok || (answer.status < 500 && answer.status !== 429 && answer.status !== 0);
      if (final || attempt === attempts) return answer;
      repeated();
      const pauseMs = Math.random() * Math.min(longestPauseMs, 50 * 2 ** attempt);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  return call;
};

const unanswered = (error: unknown): ApiAnswer<never> => ({
  ok: false,
  status: 0,
  problem: { status: 0, code: 'no-answer', detail: error instanceof Error ? error.message : String(error) },
});
