import { type ApiClient } from '../../shared/contracts/api-client.ts';
import { cancelOrder, captureOrder } from '../../shared/contracts/orders/apis.ts';
import { withClients } from './clients.ts';
import { type ReplayOrder } from './order-input.ts';
import { type Progress } from './progress.ts';

/** What became of an order that was handed over. */
export interface Captured {
  readonly externalId: string;
  /** Present when it was accepted. */
  readonly orderId?: string;
  /** The refusal's code when it was not. */
  readonly refused?: string;
  /** For one that the data says was cancelled: `cancelled`, or why not. */
  readonly cancel?: string;
}

/** Hands orders over in their order, so many clients at a time, and cancels those that were cancelled. */
export async function captureAll(
  api: ApiClient,
  orders: readonly ReplayOrder[],
  { clients, progress }: { readonly clients: number; readonly progress: Progress },
): Promise<Captured[]> {
  const captured: Captured[] = [];
  await withClients(clients, orders, async (order) => {
    captured.push(await capture(api, order));
    progress.tick();
  });
  progress.done();
  return captured;
}

async function capture(api: ApiClient, { input, cancel }: ReplayOrder): Promise<Captured> {
  const { externalId, channelId } = input;
  const answer = await api(captureOrder, { body: input, key: `${channelId}-${externalId}` });
  if (!answer.ok) return { externalId, refused: answer.problem.code ?? `status ${answer.status}` };
  const { orderId } = answer.body;
  if (!cancel) return { externalId, orderId };
  const key = `${channelId}-${externalId}-cancel`;
  const cancelled = await api(cancelOrder, { params: { orderId }, body: { reason: 'canceled in the data' }, key });
  return {
    externalId,
    orderId,
    cancel: cancelled.ok ? 'cancelled' : (cancelled.problem.code ?? `status ${cancelled.status}`),
  };
}
