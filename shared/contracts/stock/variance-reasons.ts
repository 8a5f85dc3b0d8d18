/** Why a shelf differs from the books. */
export const varianceReasons = [
  'found',
  'lost',
  'stolen',
  'damaged',
  'mis-shipped',
  'mis-received',
  'mis-counted',
  'sample',
  'other',
] as const;
/** Why a shelf differs from the books. */
export type VarianceReason = (typeof varianceReasons)[number];
