import * as z from 'zod';
import { type ChannelCall } from '../domain/connection.ts';
import { argumentsOf } from './graphql-arguments.ts';

/** A call as it is held against what its channel has published: its body as a value, absent where it has none. */
export interface ReadCall {
  /** What it is listed under, without its query: that may have a signature in it. */
  readonly name: string;
  /** With `?`, where there is one. */
  readonly query: string;
  readonly body?: unknown;
}

/** Elements of XML as an object of lists, a text where they hold one; attributes are left out. */
export function readXml(xml: string): unknown {
  const elements = [...xml.matchAll(/<([\w:]+)(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/\1>)/g)];
  if (elements.length === 0) return xml;
  const groups = Map.groupBy(elements, ([, name = '']) => name);
  return Object.fromEntries([...groups].map(([name, all]) => [name, all.map(([, , inner = '']) => readXml(inner))]));
}

/** The sets of an X12 interchange by their type: their segments by id, each an object of its elements by position. */
export function readX12(interchange: string): unknown {
  const separator = interchange.charAt(3);
  // Sixteen elements follow `ISA`; the last is one character, and what ends it ends every segment.
  const terminator = /[^\s]|\n/.exec(interchange.split(separator).slice(16).join(separator).slice(1))?.[0] ?? '';
  const sets: Record<string, Record<string, object[]>> = {};
  let open: Record<string, object[]> = {};
  for (const segment of interchange.split(terminator).map((text) => text.trim())) {
    const [id = '', ...elements] = segment.split(separator);
    if (id === 'ST') open = sets[elements[0] ?? ''] ??= {};
    if (['', 'ISA', 'GS', 'GE', 'IEA'].includes(id)) continue;
    const filled = elements
      .map((text, at) => [String(at + 1).padStart(2, '0'), text])
      .filter(([, text]) => text !== '');
    (open[id] ??= []).push(Object.fromEntries(filled) as object);
  }
  return sets;
}

/** Reads a call's body by its content type. @throws for one that is not what it says it is */
export function readCall(call: ChannelCall): ReadCall {
  const { pathname, search } = new URL(call.url);
  const [name, query] = [`${call.method} ${pathname}`, search];
  if (call.body === undefined || call.body === '') return { name, query };
  const headers = new Headers(call.headers);
  const type = headers.get('content-type') ?? '';
  if (type.includes('x-www-form-urlencoded'))
    return { name, query, body: Object.fromEntries(new URLSearchParams(call.body)) };
  if (type.includes('multipart')) return { name, query, body: filesOf(call.body, type) };
  if (type.includes('xml')) return { name, query, body: readXml(call.body) };
  if (type.includes('x12')) return { name: 'X12', query, body: readX12(call.body) };
  const body: unknown = JSON.parse(call.body);
  if (pathname.endsWith('/graphql.json')) return { ...argumentsOf(body), query };
  const tool = toolCall.safeParse(body);
  return tool.success ? { ...tool.data, query } : { name, query, body };
}

/** A tool that is called by MCP: https://modelcontextprotocol.io/specification/2025-06-18/server/tools */
const toolCall = z
  .strictObject({
    jsonrpc: z.literal('2.0'),
    id: z.string(),
    method: z.literal('tools/call'),
    params: z.strictObject({ name: z.string(), arguments: z.unknown() }),
  })
  .transform(({ params }) => ({ name: `TOOL ${params.name}`, body: params.arguments }));

/** The parts of a form with files, each file read as JSON: https://www.rfc-editor.org/rfc/rfc7578 */
function filesOf(body: string, type: string): Readonly<Record<string, unknown>> {
  const [, boundary = ''] = /boundary="?([^";]+)/.exec(type) ?? [];
  const parts = body.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.map((part): [string, unknown] => {
      const [head = '', ...content] = part.split('\r\n\r\n');
      return [/ name="([^"]*)"/.exec(head)?.[1] ?? '', JSON.parse(content.join('\r\n\r\n'))];
    }),
  );
}
