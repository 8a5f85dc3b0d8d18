import { type DriftCause, isDrift } from '../../../../shared/contracts/channels/drift-causes.ts';
import { type Change, create, replace } from '../../../../shared/model/changes.ts';
import {
  type DriftDifference,
  type DriftRepair,
  type DriftRun,
  type SecondLook,
  keptRuns,
} from '../../../../shared/model/channels/drift-run.ts';

/** Differences that a run shows. */
const mostShown = 100;
/** The most listings of one call, whatever the channel takes. */
export const mostAtOnce = 600;

/** What to write for a channel's next run, now that one is `last`; the oldest goes. */
export function begun(
  channelId: string,
  last: DriftRun | undefined,
  now: string,
): { readonly run: DriftRun; readonly changes: Change[] } {
  const number = (last?.number ?? 0) + 1;
  const run: DriftRun = {
    ...{ channelId, number, state: 'RUNNING', startedAt: now, looks: [], repairs: [], batch: mostAtOnce },
    ...{ compared: 0, drifted: 0, repaired: 0, causes: {}, differences: [], version: 1, updatedAt: now },
  };
  const oldest: Change = { kind: 'delete', entity: 'driftRun', id: { channelId, number: number - keptRuns } };
  return { run, changes: [create('driftRun', run), ...(number > keptRuns ? [oldest] : [])] };
}

/** A run as it goes on, with what writes it. */
export const advanced = (run: DriftRun, more: Partial<DriftRun>, now: string): Change =>
  replace('driftRun', { ...run, ...more, version: run.version + 1, updatedAt: now }, run.version);

/** What one call to the channel has brought to light. */
export interface Findings {
  readonly compared: number;
  readonly differences: readonly DriftDifference[];
  readonly repairs: readonly DriftRepair[];
  readonly looks: readonly SecondLook[];
}

/** The run with what was found. */
export function counted(run: DriftRun, { compared, differences, repairs, looks }: Findings): Partial<DriftRun> {
  const causes: Partial<Record<DriftCause, number>> = { ...run.causes };
  for (const { cause } of differences) causes[cause] = (causes[cause] ?? 0) + 1;
  return {
    compared: run.compared + compared,
    drifted: run.drifted + differences.filter(({ cause }) => isDrift(cause)).length,
    causes,
    differences: [...run.differences, ...differences].slice(0, mostShown),
    repairs,
    looks: [...run.looks, ...looks],
  };
}
