import { type ApiContract } from '../../shared/contracts/define-api.ts';
import { isRefusalCode, refusalStatus } from '../../shared/kernel/refusal.ts';
import { type RawAnswer } from '../testing/http.ts';
import { type BadRequest } from './bad-requests.ts';

interface Problem {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly status?: unknown;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What a parser says where nobody has said it in words of ours. */
const rawWords =
  /Invalid (input|option|key|value|discriminator|URL|ISO|string|email)|, received |expected (string|number|int|boolean|array|object|record)|Too (small|big)|Unrecognized key/;

/** Why an answer is no refusal as the API promises it, in a sentence; `undefined` when it is one. */
export function unlikeRefusal({ status, contentType, body, text }: RawAnswer): string | undefined {
  if (status < 400 || status > 499) return `answered ${status} ${text.slice(0, 200)}`;
  if (contentType !== 'application/problem+json') return `answered ${status} as ${contentType}: ${text.slice(0, 200)}`;
  const { code, detail, status: inside } = body as Problem;
  if (typeof code !== 'string' || !isRefusalCode(code))
    return `has the code ${String(code)}, which is none of the list`;
  if (refusalStatus[code] !== status || inside !== status) return `has status ${status} for ${code}`;
  if (typeof detail !== 'string' || detail === '') return 'has no sentence';
  const parserWords = rawWords.exec(text);
  if (parserWords !== null) return `has words of the parser: ${parserWords[0]}`;
  return undefined;
}

/** What is wrong with the answer to a bad request; `undefined` when it says what it must. */
export function complaint(bad: BadRequest, answer: RawAnswer): string | undefined {
  const { statuses, code, pointer, byGateway = false } = bad;
  const why = byGateway ? undefined : unlikeRefusal(answer);
  if (why !== undefined) return `${bad.what}: ${why}`;
  const problem = answer.body as Problem;
  if (statuses !== undefined && !statuses.includes(answer.status))
    return `${bad.what}: answered ${answer.status} ${answer.text.slice(0, 300)}`;
  if (code !== undefined && problem.code !== code) return `${bad.what}: has the code ${String(problem.code)}`;
  const named = (problem.errors ?? []).map((error) => error.pointer);
  if (pointer !== undefined && !named.includes(pointer))
    return `${bad.what}: names ${named.join(', ')}, not ${pointer}`;
  return undefined;
}

/** The refusals that a route owes to every caller, besides those of its contract. */
export const isDeclared = (contract: ApiContract, answer: RawAnswer): boolean =>
  [...contract.refusals, 'not-found'].includes((answer.body as Problem).code as never);
