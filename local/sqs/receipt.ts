import { AwsError } from '../aws-service.ts';

/** What a receipt handle stands for: a message row and the lease it was handed out with. */
export interface Receipt {
  readonly rowId: number;
  readonly lease: string;
}

/** The opaque handle of a lease. */
export function encodeReceipt({ rowId, lease }: Receipt): string {
  return Buffer.from(`${rowId}/${lease}`).toString('base64url');
}

/** Reads a handle back; throws ReceiptHandleIsInvalid for anything this queue service did not hand out. */
export function decodeReceipt(handle: string): Receipt {
  const [rowId, lease] = Buffer.from(handle, 'base64url').toString().split('/');
  if (!lease || !/^\d+$/.test(rowId ?? '')) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { rowId: Number(rowId), lease };
}
