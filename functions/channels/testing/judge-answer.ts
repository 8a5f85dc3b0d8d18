import { type ChannelAnswer, type ChannelCall } from '../domain/connection.ts';
import { differencesFrom } from './differences.ts';
import { isCallOf } from './is-call-of.ts';
import { publishedAnswers } from './published/answers.ts';
import { samplesOf } from './published/samples.ts';
import { readCall } from './read-body.ts';

/**
 * What is wrong with a sandbox's answer by the real ones to the same call: empty where nothing is, or where the real inputs have none. Only for where
 * the real inputs are.
 */
export function answerFaultsOf(type: string, call: ChannelCall, answer: ChannelAnswer): readonly string[] {
  const { name, query } = readCall(call);
  const known = (publishedAnswers[type] ?? []).find((one) => isCallOf(one.call, `${name}${query}`));
  if (known === undefined || answer.status >= 300 || answer.body.length === 0) return [];
  const samples = [...known.answers.flatMap(samplesOf), ...(known.also === undefined ? [] : [known.also])];
  const body: unknown = JSON.parse(answer.body.toString());
  return differencesFrom(samples, body).map((fault) => `${name} of ${type} is answered: ${fault}`);
}
