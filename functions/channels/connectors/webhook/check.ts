import { type Connection, type ConnectionCheck } from '../../domain/connector.ts';

/** Whether messages can be signed both ways, and whether the endpoint answers. It is asked with GET: nothing is sent. */
export async function check({ channel, credentials, call }: Connection): Promise<readonly ConnectionCheck[]> {
  const { channelId, endpoint } = channel;
  const isSigned = credentials.signing.length > 0;
  const secret: ConnectionCheck = {
    name: 'signing secret',
    ok: isSigned,
    detail: isSigned
      ? 'Messages are signed with it, both ways.'
      : `There is none: give it one with POST /v1/channels/${channelId}/credentials.`,
  };
  if (endpoint.kind !== 'webhook') {
    const detail = `It has none, so availability is told to nobody. To be told, give it one with PUT /v1/channels/${channelId}.`;
    return [secret, { name: 'endpoint', ok: true, detail }];
  }
  const answer = await call({ operation: 'check', method: 'GET', url: endpoint.url });
  const { host } = new URL(endpoint.url);
  const detail = answer.ok ? `${host} answers (${answer.value.status}).` : answer.refusal.detail;
  return [secret, { name: 'endpoint', ok: answer.ok, detail }];
}
