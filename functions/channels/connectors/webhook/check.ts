import { type Connection, type ConnectionCheck } from '../../domain/connector.ts';

/** Whether the endpoint answers. It is asked with GET: nothing is sent. */
export async function check({ channel, call }: Connection): Promise<readonly ConnectionCheck[]> {
  const { channelId, endpoint } = channel;
  if (endpoint.kind !== 'webhook') {
    const detail = `It has none, so the channel is told nothing. To be told, give it one with PUT /v1/channels/${channelId}.`;
    return [{ name: 'endpoint', ok: true, detail }];
  }
  const answer = await call({ operation: 'check', method: 'GET', url: endpoint.url });
  const { host } = new URL(endpoint.url);
  const detail = answer.ok ? `${host} answers (${answer.value.status}).` : answer.refusal.detail;
  return [{ name: 'endpoint', ok: answer.ok, detail }];
}
