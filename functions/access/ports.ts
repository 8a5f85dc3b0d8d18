import { type ApiKey } from '../../shared/model/access/api-key.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';

/** What the access capability needs of the world. */
export interface AccessPorts {
  apiKey(hash: string): Promise<ApiKey | undefined>;
  /** A new key: unguessable text. */
  newKey(): string;
  commit: CommitChanges;
}
