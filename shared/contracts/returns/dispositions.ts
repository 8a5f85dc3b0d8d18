/** What becomes of a unit that came back. */
export const dispositions = ['restock', 'damaged', 'quality-control', 'write-off', 'missing'] as const;
/** One of the dispositions. */
export type Disposition = (typeof dispositions)[number];
