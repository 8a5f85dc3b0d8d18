import { type Return } from '../../../shared/model/returns/return.ts';

/** A return as it is answered; a process's task token never leaves. */
export const viewOf = ({
  returnId,
  orderId,
  channelId,
  location,
  state,
  version,
  refundMinor,
  refundId,
  currency,
  lines,
  inspections,
  closedReason,
  createdAt,
  updatedAt,
}: Return) => ({
  returnId,
  orderId,
  channelId,
  location,
  state,
  version,
  currency,
  ...(refundMinor !== undefined && { refundMinor }),
  ...(refundId !== undefined && { refundId }),
  ...(closedReason !== undefined && { closedReason }),
  lines: lines.map((line) => ({ ...line })),
  inspections: inspections.map((inspection) => ({ ...inspection })),
  createdAt,
  updatedAt,
});
/** What every answer shows of a return. */
export type View = ReturnType<typeof viewOf>;
