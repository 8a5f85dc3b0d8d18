import { type Finding, type Identity, type Subject, type Witness } from './identity.ts';

/** Who puts units on the scales; `lasting` items are never taken away, so that their versions tell two readings apart. */
export interface Weight extends Omit<Witness, 'units'> {
  readonly lasting: boolean;
}

/** Two sides that must come to zero, per identity and subject. */
export interface Scales {
  add(identity: Identity, subject: Subject, units: number, by: Weight): void;
  /** What is not balanced. */
  unbalanced(): Finding[];
}

/** At most this many of a kind are evidence. */
const witnessesOfAKind = 10;
const keyOf = (identity: Identity, subject: Subject): string => JSON.stringify([identity, subject]);
const partsOf = (key: string): Pick<Finding, 'identity' | 'subject'> => {
  const [identity, subject] = JSON.parse(key) as [Identity, Subject];
  return { identity, subject };
};

/** Scales that forget what balances: their memory is that of open work, however much is weighed. */
export function forgetfulScales(): Scales {
  const open = new Map<string, number>();
  return {
    add: (identity, subject, units) => {
      if (units === 0) return;
      const key = keyOf(identity, subject);
      const difference = (open.get(key) ?? 0) + units;
      if (difference === 0) open.delete(key);
      else open.set(key, difference);
    },
    unbalanced: () => [...open].map(([key, difference]) => ({ ...partsOf(key), difference })),
  };
}

/** Scales that remember who put what on them: for a second look at few things. */
export function rememberingScales(): Scales {
  const all = new Map<string, { difference: number; mark: number; readonly evidence: Witness[] }>();
  return {
    add: (identity, subject, units, { lasting, ...witness }) => {
      const key = keyOf(identity, subject);
      const scale = all.get(key) ?? { difference: 0, mark: 0, evidence: [] };
      all.set(key, scale);
      scale.difference += units;
      if (lasting) scale.mark += witness.version;
      const ofThisKind = scale.evidence.filter(({ what }) => what === witness.what).length;
      if ((units !== 0 || ofThisKind === 0) && ofThisKind < witnessesOfAKind)
        scale.evidence.push({ ...witness, units });
    },
    unbalanced: () =>
      [...all].filter(([, { difference }]) => difference !== 0).map(([key, scale]) => ({ ...partsOf(key), ...scale })),
  };
}
