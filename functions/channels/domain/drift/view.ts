import { present } from '../../../../shared/kernel/present.ts';
import { type DriftDifference, type DriftRun } from '../../../../shared/model/channels/drift-run.ts';
import { type Connector } from '../connector.ts';
import { looksAgainAt } from './second-look.ts';

/** How a comparison goes. */
export type DriftSummary = Pick<
  DriftRun,
  | 'channelId'
  | 'number'
  | 'state'
  | 'startedAt'
  | 'updatedAt'
  | 'finishedAt'
  | 'after'
  | 'compared'
  | 'drifted'
  | 'repaired'
  | 'unread'
  | 'causes'
  | 'reason'
> & {
  readonly lookedAtAgain: number;
  /** When the first of them is. */
  readonly looksAgainAt?: string;
};

/** And what it has found. */
export interface DriftView extends DriftSummary {
  readonly differences: DriftDifference[];
}

/** A run as it is listed. */
export const summaryOfRun = (run: DriftRun, connector: Connector): DriftSummary => {
  const { channelId, number, state, startedAt, updatedAt, compared, drifted, repaired, causes, looks } = run;
  const { finishedAt, after, reason, unread } = run;
  const [next] = looks.map((look) => looksAgainAt(look, connector)).sort();
  const told = { channelId, number, state, startedAt, updatedAt, lookedAtAgain: looks.length };
  return {
    ...told,
    compared,
    drifted,
    repaired,
    causes,
    ...present({ looksAgainAt: next, unread, finishedAt, after, reason }),
  };
};

/** A run as it is shown. */
export const viewOfRun = (run: DriftRun, connector: Connector): DriftView => ({
  ...summaryOfRun(run, connector),
  differences: [...run.differences],
});
