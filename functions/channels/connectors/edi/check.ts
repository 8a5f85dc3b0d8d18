import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { needs } from './needs.ts';

/** Whether both parties are named, and acknowledgements have somewhere to go. Nothing is sent. */
export async function check({ channel, call }: Connection): Promise<readonly ConnectionCheck[]> {
  const remedy = `Put it into the settings with PUT /v1/channels/${channel.channelId}.`;
  const checks = ['partnerId', 'ourId'].map((name): ConnectionCheck => {
    const id = settingOf(channel, needs, name);
    const isGood = /^[0-9A-Z]{2}:[^*~>]{2,15}$/.test(id);
    return { name, ok: isGood, detail: isGood ? id : `"${id}" is no qualifier and id like ZZ:COMPANY. ${remedy}` };
  });
  const url = settingOf(channel, needs, 'outboundUrl');
  if (url === '')
    return [
      ...checks,
      { name: 'outboundUrl', ok: true, detail: `There is none: no 855 and 997 are sent. To send them: ${remedy}` },
    ];
  if (!URL.canParse(url))
    return [...checks, { name: 'outboundUrl', ok: false, detail: `"${url}" is no URL. ${remedy}` }];
  const answer = await call({ operation: 'check', method: 'GET', url });
  const detail = answer.ok ? `${new URL(url).host} answers (${answer.value.status}).` : answer.refusal.detail;
  return [...checks, { name: 'outboundUrl', ok: answer.ok, detail }];
}
