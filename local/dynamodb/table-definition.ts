import * as z from 'zod';

/** Which attributes are a table's or an index's key. */
export const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});
const attributesSchema = z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }));
const streamSchema = z.object({ StreamViewType: z.string() });

/** What the twin uses of `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable`; capacity, backups and the like mean nothing here. */
export const tableDefinitionSchema = z.object({
  TableName: z.string(),
  KeySchema: keySchema,
  AttributeDefinitions: attributesSchema,
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  LocalSecondaryIndexes: z.array(indexSchema).optional(),
  StreamSpecification: streamSchema.optional(),
  TimeToLiveSpecification: z
    .object({ AttributeName: z.string().optional(), Enabled: z.union([z.boolean(), z.stringbool()]) })
    .optional(),
});

/** A table as the template declares it, references resolved and its name set. */
export type TableDefinition = z.infer<typeof tableDefinitionSchema>;

/** What DescribeTable tells of a table that is there. */
export const tableDescriptionSchema = z.object({
  TableStatus: z.string(),
  KeySchema: keySchema,
  AttributeDefinitions: attributesSchema,
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: keySchema, IndexStatus: z.string().optional() }))
    .optional(),
  StreamSpecification: z.object({ StreamViewType: z.string().optional() }).nullish(),
  LatestStreamLabel: z.string().optional(),
  LatestStreamArn: z.string().optional(),
});
export type TableDescription = z.infer<typeof tableDescriptionSchema>;

/** The name of the TTL attribute, if TTL is on. */
export function ttlAttributeOf(table: TableDefinition): string | undefined {
  return table.TimeToLiveSpecification?.Enabled ? table.TimeToLiveSpecification.AttributeName : undefined;
}

/** The name of the partition key; throws for a key without one. */
export function partitionKeyOf(key: z.infer<typeof keySchema>): string {
  const name = key.find((each) => each.KeyType === 'HASH')?.AttributeName;
  if (name === undefined) throw new Error('a table key needs a HASH attribute');
  return name;
}
