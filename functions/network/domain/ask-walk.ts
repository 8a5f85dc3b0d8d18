import { type PutChange } from '../../../shared/model/changes.ts';
import { walkAsked } from '../../../shared/model/stock/ask-walk.ts';
import { type WalkScope } from '../../../shared/model/stock/walk.ts';
import { type NetworkPorts } from '../ports.ts';

/** Asks that stock follows what is put in the same transaction: its floors rest on channels, location groups and product tags. */
export const askWalk = async (ports: Pick<NetworkPorts, 'walk'>, scope: WalkScope, now: string): Promise<PutChange> =>
  walkAsked(await ports.walk(scope.walkId), scope, { now, actor: 'network' });
