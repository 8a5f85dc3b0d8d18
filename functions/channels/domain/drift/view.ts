import { present } from '../../../../shared/kernel/present.ts';
import { type DriftDifference, type DriftRun } from '../../../../shared/model/channels/drift-run.ts';

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
> & { readonly lookedAtAgain: number };

/** And what it has found. */
export interface DriftView extends DriftSummary {
  readonly differences: DriftDifference[];
}

/** A run as it is listed. */
export const summaryOfRun = (run: DriftRun): DriftSummary => {
  const { channelId, number, state, startedAt, updatedAt, compared, drifted, repaired, causes } = run;
  const { looks, finishedAt, after, reason, unread } = run;
  const told = { channelId, number, state, startedAt, updatedAt, lookedAtAgain: looks.length };
  return { ...told, compared, drifted, repaired, causes, ...present({ unread, finishedAt, after, reason }) };
};

/** A run as it is shown. */
export const viewOfRun = (run: DriftRun): DriftView => ({ ...summaryOfRun(run), differences: [...run.differences] });
