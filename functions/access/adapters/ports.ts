import { randomBytes } from 'node:crypto';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { get } from '../../../shared/platform/dynamo/read.ts';
import { type AccessPorts } from '../ports.ts';

/** The access capability on DynamoDB. */
export const awsPorts: AccessPorts = {
  apiKey: (hash) => get('apiKey', { hash }),
  newKey: () => `xd_${randomBytes(24).toString('base64url')}`,
  commit,
};
