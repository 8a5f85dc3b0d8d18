import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { type ApiKey } from '../../../shared/model/access/api-key.ts';
import { type AccessPorts } from '../ports.ts';

/** The key that an `Authorization: Bearer …` header carries, if it is one of ours and not revoked. */
export const authorize =
  (ports: Pick<AccessPorts, 'apiKey'>) =>
  async (header: string | undefined): Promise<ApiKey | undefined> => {
    const key = /^Bearer (\S{8,200})$/i.exec(header ?? '')?.[1];
    const found = key === undefined ? undefined : await ports.apiKey(sha256Hex(key));
    return found?.revokedAt === undefined ? found : undefined;
  };
