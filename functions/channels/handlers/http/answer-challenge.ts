import { answerChallenge as contract } from '../../../../shared/contracts/channels/apis.ts';
import { rawHttpHandler } from '../../../../shared/platform/http/raw-http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { answerChallenge } from '../../domain/answer-challenge.ts';

/** Answers what a channel asks of its webhook address before it delivers anything. */
export const build = (ports = awsPorts) =>
  rawHttpHandler(contract, ({ params, query, url }) => answerChallenge(ports)(params.channelId, query, url));

export const handler = build();
