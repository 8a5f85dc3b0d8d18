import * as z from 'zod';

/** The name under which every event of Crossdock goes over the bus. */
export const eventSource = 'crossdock';

/** One occurrence of an event: the `detail` of the bus message, and the form in which an item carries it until it is published. */
export interface EventMessage<Data = unknown> {
  /** Unique and the same at every repeat: consumers dedupe by it. */
  readonly id: string;
  /** Contract name with version, e.g. `OrderCaptured.v1`; also the bus's detail-type. */
  readonly type: string;
  /** When it happened, RFC 3339 UTC. */
  readonly time: string;
  /** What it is about: order id, SKU, channel id. */
  readonly subject: string;
  /** Version of the subject after the event; a consumer ignores versions older than what it holds. */
  readonly version: number;
  /** Who or what caused it. */
  readonly actor: string;
  readonly data: Data;
}

/** An event, declared once; publisher, rule pattern, consumer's parser, JSON Schema and documentation derive from it. */
export interface EventContract<Schema extends z.ZodType = z.ZodType> {
  readonly type: string;
  readonly capability: string;
  /** The exact moment at which it fires, in one sentence. */
  readonly fires: string;
  readonly data: Schema;
  readonly message: z.ZodType<EventMessage<z.infer<Schema>>>;
  readonly example: z.infer<Schema>;
  /** The EventBridge pattern that matches it. */
  readonly pattern: { readonly source: string[]; readonly 'detail-type': string[] };
  /** Makes one occurrence; `index` tells apart several of one write. */
  of(
    subject: string,
    version: number,
    about: { readonly now: string; readonly actor: string },
    data: z.infer<Schema>,
    index?: number,
  ): EventMessage<z.infer<Schema>>;
}

/**
 * Declares an event. Additive changes stay within a version; a breaking change is a new version beside the old one.
 * @param name `[Resource][PastTense]`
 */
export function defineEvent<Schema extends z.ZodType>(declaration: {
  readonly name: string;
  readonly version: number;
  readonly capability: string;
  readonly fires: string;
  readonly data: Schema;
  readonly example: z.infer<Schema>;
}): EventContract<Schema> {
  const type = `${declaration.name}.v${declaration.version}`;
  const message = z.object({
    id: z.string(),
    type: z.literal(type),
    time: z.iso.datetime(),
    subject: z.string(),
    version: z.number(),
    actor: z.string(),
    data: declaration.data,
  }) as unknown as z.ZodType<EventMessage<z.infer<Schema>>>;
  return {
    type,
    capability: declaration.capability,
    fires: declaration.fires,
    data: declaration.data,
    example: declaration.example,
    message,
    pattern: { source: [eventSource], 'detail-type': [type] },
    of: (subject, version, { now, actor }, data, index = 0) => ({
      id: `${subject}:${version}:${type}:${index}`,
      type,
      time: now,
      subject,
      version,
      actor,
      data,
    }),
  };
}
