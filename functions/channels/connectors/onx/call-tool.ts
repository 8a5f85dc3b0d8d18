import * as z from 'zod';
import { parseJson } from '../../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { clean } from '../kit/texts.ts';
import { sendSigned } from '../webhook/send-signed.ts';

/** An answer of JSON-RPC 2.0 to a call of a tool, as MCP has it. */
const rpcAnswer = z.object({
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
  result: z
    .looseObject({
      isError: z.boolean().nullish(),
      content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).nullish(),
    })
    .optional(),
});

/** What a tool of onX answers, as text in the first content: `{success, <entity>}`, or why not. */
const toolAnswer = z.looseObject({
  success: z.boolean().optional(),
  error: z
    .looseObject({ message: z.string().optional(), name: z.string().optional(), retryable: z.boolean().optional() })
    .optional(),
});
/** What a tool answers. */
export type ToolAnswer = z.infer<typeof toolAnswer>;

/** Codes of onX that another try may mend: limit, timeout, adapter or backend down. */
const retryable = [3001, 3002, 4002];

/**
 * Calls a tool of onX at the channel's endpoint: MCP over HTTP, stateless, signed as Standard Webhooks. An endpoint that answers 2xx without a
 * body takes messages and says nothing of them. Refusals: `provider-unavailable`; `invalid-request` in the channel's words.
 * @param id the same at every try
 */
export async function callTool(
  connection: Connection,
  id: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Result<ToolAnswer>> {
  const sent = await sendSigned(connection, {
    id,
    what: name,
    headers: { accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: input } }),
  });
  return sent.ok ? readAnswer(sent.value, name) : sent;
}

function readAnswer(answer: ChannelAnswer, name: string): Result<ToolAnswer> {
  const text = jsonIn(answer);
  if (text === '') return ok({});
  const parsed = rpcAnswer.safeParse(jsonOf(text));
  if (!parsed.success) return ok({});
  const { error, result } = parsed.data;
  if (error !== undefined) return refused(name, error.message, retryable.includes(error.code));
  const said = result?.content?.find(({ type }) => type === 'text')?.text ?? '';
  const tool = toolAnswer.safeParse(jsonOf(said));
  const failure = tool.success ? tool.data.error : undefined;
  if (result?.isError !== true && (!tool.success || tool.data.success !== false))
    return ok(tool.success ? tool.data : {});
  return refused(name, failure?.message ?? failure?.name ?? said, failure?.retryable === true);
}

/** An answer may come as one event of a stream (text/event-stream). */
const jsonIn = ({ headers, body }: ChannelAnswer): string => {
  const text = body.toString('utf8');
  if (!(headers['content-type'] ?? '').startsWith('text/event-stream')) return text;
  return text
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length))
    .join('');
};

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

const refused = (name: string, words: string, isRetryable: boolean): Result<never> => {
  const why = clean(words, 300) ?? 'without a reason';
  return isRetryable
    ? refuse('provider-unavailable', `The channel could not do ${name}: ${why}. It is tried again.`)
    : refuse('invalid-request', `The channel refused ${name}: ${why}`);
};
