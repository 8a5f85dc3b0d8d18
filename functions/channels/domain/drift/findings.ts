import { present } from '../../../../shared/kernel/present.ts';
import { type SecondLook } from '../../../../shared/model/channels/drift-run.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type Shown } from '../availability-connector.ts';
import { type Measure, type Verdict } from './compare.ts';
import { type Findings } from './drift-run.ts';
import { type AskedSku, verdictOf } from './look.ts';
import { type Sellable } from '../availability/sellable.ts';

/** SKUs that are compared: what is recorded of them, what the channel shows, and what their pools say. */
export interface Asked extends Measure {
  readonly skus: readonly string[];
  /** Listings as they were before the channel was asked, and as they are after it. */
  readonly before: readonly Listing[];
  readonly after: readonly Listing[];
  /** Absent where the channel cannot be asked. */
  readonly shown: ReadonlyMap<string, Shown> | undefined;
  readonly sellable: ReadonlyMap<string, Sellable>;
}

/** What comparing some SKUs has found; those of `earlier` are looked at for the second time. */
export function findings(asked: Asked, earlier: readonly SecondLook[] = []): Findings {
  const [before, after, looks] = [bySku(asked.before), bySku(asked.after), bySku(earlier)];
  const how = { ...asked, isAsked: asked.shown !== undefined };
  const found = asked.skus.map((sku): Findings => {
    const shown = asked.shown?.get(sku);
    const one = { sku, before: before.get(sku), after: after.get(sku), shown, sellable: asked.sellable.get(sku) };
    return findingOf(one, verdictOf(how, one, looks.get(sku)), asked.now);
  });
  return {
    compared: found.reduce((sum, one) => sum + one.compared, 0),
    differences: found.flatMap(({ differences }) => differences),
    repairs: found.flatMap(({ repairs }) => repairs),
    looks: found.flatMap(({ looks }) => looks),
  };
}

const bySku = <T extends { readonly sku: string }>(of: readonly T[]): ReadonlyMap<string, T> =>
  new Map(of.map((one) => [one.sku, one]));

const none: Findings = { compared: 1, differences: [], repairs: [], looks: [] };

function findingOf(one: AskedSku, verdict: Verdict, at: string): Findings {
  const { sku, shown: seen, after } = one;
  if (verdict.kind === 'nothing') return { ...none, compared: 0 };
  if (verdict.kind === 'same') return none;
  if (verdict.kind === 'differs') return differing(one, verdict, at);
  const wantedVersion = after?.offer?.wantedVersion;
  const look =
    verdict.kind === 'unrecorded'
      ? { sku, poolVersion: verdict.poolVersion, ...present({ wantedVersion }), seenAt: at }
      : {
          ...{ sku, ours: verdict.ours, ...(seen && { seen: seen.quantity }) },
          ...{ wantedVersion: wantedVersion ?? 0, seenAt: at },
        };
  return { ...none, compared: 0, looks: [look] };
}

function differing(
  { sku, shown: seen, after, sellable }: AskedSku,
  { cause, ours, again }: Extract<Verdict, { kind: 'differs' }>,
  at: string,
): Findings {
  const isLost = cause === 'not-recorded';
  const difference = {
    ...{ sku, cause, at },
    ...(ours !== undefined && { ours }),
    ...(seen && { theirs: seen.quantity }),
    ...(isLost && sellable && { sellable: sellable.quantity }),
  };
  const repair = { sku, version: after?.version ?? 0, ...(isLost ? { anew: true as const } : seen && { seen }) };
  return { ...none, differences: [difference], repairs: again === true ? [repair] : [] };
}
