import x12 from 'node-x12';
import { Webhook } from 'standardwebhooks';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';

/** A transaction set that the partner took: `855` and its segments. */
export interface TakenSet {
  readonly type: string;
  readonly segments: readonly (readonly string[])[];
}

/** A trading partner behind its VAN: takes signed interchanges, reads them strictly, and sends its own. */
export interface EdiPartner {
  readonly url: string;
  /** Every set that it took, in order; a control number that it has seen is taken once. */
  readonly taken: TakenSet[];
  /** Interchanges that came under a control number that it had seen. */
  readonly repeated: { count: number };
  /** Answers the next `count` calls with this status. */
  fail(count: number, status: 401 | 429 | 500): void;
  /** Sends an interchange as the VAN does: posted, signed. */
  send(to: string, interchange: string, messageId: string): Promise<Response>;
  readonly stop: () => Promise<void>;
}

const signerOf = (secret: string) =>
  secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(Buffer.from(secret), { format: 'raw' });

/** Starts one that shares a secret with its VAN and with us. */
export async function startEdiPartner({ secret }: { readonly secret: string }): Promise<EdiPartner> {
  const taken: TakenSet[] = [];
  const seen = new Set<string>();
  const repeated = { count: 0 };
  let failing: { count: number; status: number } = { count: 0, status: 500 };

  const take = (text: string): SandboxResponse => {
    const interchange = new x12.X12Parser(true).parse(text);
    if (interchange instanceof x12.X12FatInterchange)
      return { status: 422, body: { error: 'one interchange at a time' } };
    const number = interchange.header.valueOf(13);
    if (seen.has(number)) {
      repeated.count += 1;
      return { status: 202, body: { status: 'duplicate' } };
    }
    seen.add(number);
    for (const { header, segments } of interchange.functionalGroups.flatMap((group) => group.transactions)) {
      const rows = segments.map(({ tag, elements }) => [tag, ...elements.map(({ value }) => value)]);
      taken.push({ type: header.valueOf(1), segments: rows });
    }
    return { status: 202, body: { status: 'taken' } };
  };

  const answer = ({ method, headers, body }: SandboxRequest): SandboxResponse => {
    if (failing.count > 0) {
      failing = { ...failing, count: failing.count - 1 };
      return { status: failing.status, body: { error: 'told to fail' } };
    }
    if (method === 'GET') return { status: 200, body: { status: 'up' } };
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    const expected = signerOf(secret).sign(String(headers['webhook-id']), at, body.toString());
    if (headers['webhook-signature'] !== expected) return { status: 401, body: { error: 'signature' } };
    try {
      return take(body.toString());
    } catch (error) {
      return { status: 422, body: { error: String(error) } };
    }
  };

  const { url, stop } = await startServer(answer);
  return {
    url,
    taken,
    repeated,
    fail: (count, status) => {
      failing = { count, status };
    },
    send: (to, interchange, messageId) => {
      const at = new Date();
      const headers = {
        'content-type': 'application/edi-x12',
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signerOf(secret).sign(messageId, at, interchange),
      };
      return fetch(to, { method: 'POST', headers, body: interchange });
    },
    stop,
  };
}
