/** Why shelves and books differ, as far as it can be told. */
export const driftCauses = [
  /** No position was there before. */
  'first-seen',
  /** The source does not yet contain movements that it says it contains. */
  'movement-missing',
  /** The source contains movements after the mark that it states. */
  'movement-early',
  /** As many units as in the books, but others of them are damaged or in quality control. */
  'other-state',
  'found',
  'lost',
] as const;
/** Why shelves and books differ. */
export type DriftCause = (typeof driftCauses)[number];
