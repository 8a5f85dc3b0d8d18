import { type AuditedItem } from './audited.ts';
import { type Scales, type Weight } from './scales.ts';
import { type Supply, openOf } from './supply.ts';
import { type Transfer } from './transfer.ts';

/** What is to come: goods on the road are supply at the place they go to, if anybody knows when they arrive. */
export const checkSupply = (scales: Scales) => ({
  take: (audited: AuditedItem): void => {
    if (audited.kind === 'transfer') weighTransfer(scales, audited.item);
    else if (audited.kind === 'supply') weighSupply(scales, audited.item);
  },
});

function weighTransfer(scales: Scales, transfer: Transfer): void {
  const { transferId, to, state, lines, eta, version } = transfer;
  if (eta === undefined) return;
  const by: Weight = { what: 'transfer', id: transferId, version, lasting: true };
  for (const { sku, quantity, received } of lines) {
    const onTheRoad = state === 'DISPATCHED' ? Math.max(0, quantity - received) : 0;
    scales.add('transfers-in-supply', { sku, location: to, reference: transferId }, onTheRoad, by);
  }
}

function weighSupply(scales: Scales, supply: Supply): void {
  const { sku, location, reference, kind, quantity, received, version } = supply;
  const by: Weight = { what: 'supply', id: `${reference}/${location}/${sku}`, version, lasting: true };
  const subject = { sku, location, reference };
  if (kind === 'transfer') scales.add('transfers-in-supply', subject, -openOf(supply), by);
  scales.add('supply-sums', subject, Math.min(0, received) + Math.min(0, quantity), by);
}
