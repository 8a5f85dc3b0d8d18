import { type FieldError, type Refusal } from '../../../shared/kernel/refusal.ts';
import { type HeldLine } from '../../../shared/model/stock/hold.ts';

/** What a refused commit says of a SKU that is short. */
interface Short {
  readonly sku: string;
  readonly location?: string;
  readonly wanted: number;
  readonly left: number;
}
/** What a refused commit says of a counter that would be above its limit. */
interface Over {
  readonly sku: string;
  readonly present: number;
}

/** A caller's line and the SKUs that it takes units of: itself, or a kit's components. */
export interface AskedLine {
  readonly line: HeldLine;
  readonly parts: readonly string[];
}

/**
 * A refusal of the commit in the caller's terms: the fields at fault, and by its name the one limit that the commit can exceed.
 * @param mostHeld the most units of one SKU that the channel's holds may have at once
 */
export function explained(refusal: Refusal, asked: readonly AskedLine[], mostHeld: number | undefined): Refusal {
  const { short, over } = refusal.facts ?? {};
  if (Array.isArray(short)) {
    const detail = ({ wanted, left }: Short) => `wanted ${wanted}, left ${left}`;
    return { ...refusal, errors: (short as readonly Short[]).flatMap((one) => fieldsOf(asked, one, detail(one))) };
  }
  return Array.isArray(over) && mostHeld !== undefined
    ? tooMuchHeld(over as readonly Over[], asked, mostHeld)
    : refusal;
}

function tooMuchHeld(over: readonly Over[], asked: readonly AskedLine[], maximum: number): Refusal {
  const skus = over.map(({ sku, present }) => ({ sku, held: present, left: Math.max(0, maximum - present) }));
  return {
    code: 'limit-exceeded',
    detail: `The holds of this channel may have ${maximum} units of one SKU at once; ${skus.map(({ sku, left }) => `of ${sku} ${left} are left of that`).join(', ')}. Ask for fewer, or wait until other holds end.`,
    facts: { limit: 'maximumHeld', maximum, over: skus },
    errors: skus.flatMap((one) => fieldsOf(asked, one, `at most ${one.left} more may be held`)),
  };
}

const fieldsOf = (
  asked: readonly AskedLine[],
  { sku, location }: { readonly sku: string; readonly location?: string },
  detail: string,
): FieldError[] =>
  asked.flatMap(({ line, parts }, index) =>
    parts.includes(sku) && (location === undefined || line.location === location)
      ? [{ pointer: `/lines/${index}/quantity`, detail }]
      : [],
  );
