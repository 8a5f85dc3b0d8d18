import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';

const secretId = { SecretId: z.string().min(1).max(2048) };
/** Of a version; the SDK makes one where the caller does not. Source: API reference, `ClientRequestToken`. */
const token = { ClientRequestToken: z.string().min(32).max(64).optional() };
const value = { SecretString: z.string().max(65_536).optional(), SecretBinary: z.base64().max(87_384).optional() };
const description = { Description: z.string().max(2048).optional() };
const stage = z.string().min(1).max(256);
const name = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9/_+=.@-]+$/);

/** The input of each operation, as far as the twin knows it; anything else is refused by name. */
export const requests = {
  CreateSecret: z.strictObject({ Name: name, ...token, ...value, ...description }),
  PutSecretValue: z.strictObject({ ...secretId, ...token, ...value, VersionStages: z.array(stage).min(1).optional() }),
  UpdateSecret: z.strictObject({ ...secretId, ...token, ...value, ...description }),
  GetSecretValue: z.strictObject({ ...secretId, VersionId: z.string().optional(), VersionStage: stage.optional() }),
  DescribeSecret: z.strictObject(secretId),
  DeleteSecret: z.strictObject({
    ...secretId,
    RecoveryWindowInDays: z.int().min(7).max(30).optional(),
    ForceDeleteWithoutRecovery: z.boolean().optional(),
  }),
  RestoreSecret: z.strictObject(secretId),
};

/** What a version holds: text or bytes (base64). */
export type SecretContent = Pick<z.infer<typeof requests.PutSecretValue>, 'SecretString' | 'SecretBinary'>;

/** Reads an operation's input; throws AwsError `InvalidParameterException` that names the fields at fault, never what is in them. */
export function parseRequest<T>(schema: z.ZodType<T>, input: JsonObject): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'the input'} (${code})`);
  throw new AwsError('InvalidParameterException', `Not understood: ${fields.join(', ')}.`);
}
