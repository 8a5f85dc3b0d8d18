import { type Transfer, inTransit } from '../../../../shared/model/stock/transfer.ts';

/** A transfer as it is shown: once it is closed, nothing of it is on the road. */
export const viewOf = ({ lines, wait: _wait, events: _events, ...transfer }: Transfer) => ({
  ...transfer,
  lines: lines.map((line) => ({ ...line, inTransit: transfer.state === 'CLOSED' ? 0 : inTransit(line) })),
});
/** A transfer as it is shown. */
export type TransferView = ReturnType<typeof viewOf>;

/** What every event of a transfer says. */
export const aboutTransfer = ({ transferId, from, to, reference }: Transfer) => ({ transferId, from, to, reference });
