import { type Reply } from './errors.ts';
import { type SandboxRequest } from './routes.ts';

/** The first answers by key. Stripe keeps them for at least a day; `forget` is that day passing. */
export class Keys {
  readonly #first = new Map<string, { readonly fingerprint: string; readonly reply: Reply }>();

  /** Runs a POST once per key; a repeat gets the first answer, other parameters are refused. */
  once(
    key: string | undefined,
    request: SandboxRequest,
    run: () => Reply,
  ): { readonly reply: Reply; readonly replayed: boolean } {
    if (key === undefined || request.method !== 'POST') return { reply: run(), replayed: false };
    const fingerprint = JSON.stringify([request.path, sorted(request.params)]);
    const first = this.#first.get(key);
    if (first !== undefined && first.fingerprint !== fingerprint) return { reply: reused(key), replayed: false };
    if (first !== undefined) return { reply: first.reply, replayed: true };
    const reply = run();
    if (reply.ran === true) this.#first.set(key, { fingerprint, reply });
    return { reply, replayed: false };
  }

  forget(): void {
    this.#first.clear();
  }
}

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, part]) => [name, sorted(part)])
    : value;

const reused = (key: string): Reply => ({
  status: 400,
  body: {
    error: {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    },
  },
});
