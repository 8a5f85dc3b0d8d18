import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { badRequest } from './errors.ts';

const units = (of: 'EACH' | 'EA') =>
  z.strictObject({ unitOfMeasurement: z.literal(of), amount: z.string().regex(/^[1-9]\d*$/) });
const linesOf = <T extends z.ZodType>(line: T) => z.strictObject({ orderLine: z.array(line).min(1) });
const statusesOf = <T extends z.ZodType>(status: T) => z.strictObject({ orderLineStatus: z.array(status).length(1) });

const carrierName = z.union([
  z.strictObject({ carrier: z.enum(['UPS', 'USPS', 'FedEx', 'DHL', 'OnTrac', 'LS', 'Royal Mail']) }),
  z.strictObject({ otherCarrier: z.string().min(1) }),
]);
const shipment = z.strictObject({
  orderShipment: z.strictObject({
    orderLines: linesOf(
      z.strictObject({
        lineNumber: z.string(),
        sellerOrderId: z.string(),
        orderLineStatuses: statusesOf(
          z.strictObject({
            status: z.literal('Shipped'),
            statusQuantity: units('EACH'),
            trackingInfo: z.strictObject({
              shipDateTime: z.int(),
              carrierName,
              methodCode: z.enum(['Standard', 'Express', 'OneDay', 'Freight', 'WhiteGlove', 'Value']),
              trackingNumber: z.string().min(1),
              trackingURL: z.string().optional(),
            }),
          }),
        ),
      }),
    ),
  }),
});
const cancellation = z.strictObject({
  orderCancellation: z.strictObject({
    orderLines: linesOf(
      z.strictObject({
        lineNumber: z.string(),
        orderLineStatuses: statusesOf(
          z.strictObject({
            status: z.literal('Cancelled'),
            cancellationReason: z.enum([
              'CUSTOMER_REQUESTED_SELLER_TO_CANCEL',
              'SELLER_CANCEL_OUT_OF_STOCK',
              'SELLER_CANCEL_PRICING_ERROR',
              'SELLER_CANCEL_ADDRESS_NOT_SERVICEABLE',
            ]),
            statusQuantity: units('EA'),
          }),
        ),
      }),
    ),
  }),
});
const negative = z.strictObject({ currency: z.string().length(3), amount: z.number().max(0) });
const refund = z.strictObject({
  orderRefund: z.strictObject({
    purchaseOrderId: z.string(),
    orderLines: linesOf(
      z.strictObject({
        lineNumber: z.string(),
        isFullRefund: z.boolean(),
        refunds: z.strictObject({
          refund: z
            .array(
              z.strictObject({
                refundComments: z.string(),
                refundCharges: z.strictObject({
                  refundCharge: z
                    .array(
                      z.strictObject({
                        refundReason: z.string(),
                        charge: z.strictObject({
                          chargeType: z.enum(['PRODUCT', 'SHIPPING']),
                          chargeName: z.string(),
                          chargeAmount: negative,
                          tax: z.strictObject({ taxName: z.string(), taxAmount: negative }).optional(),
                        }),
                      }),
                    )
                    .min(1),
                }),
              }),
            )
            .length(1),
        }),
      }),
    ),
  }),
});

const line = z.looseObject({
  lineNumber: z.string(),
  orderLineStatuses: z.object({
    orderLineStatus: z.array(
      z.looseObject({ status: z.string(), statusQuantity: z.looseObject({ amount: z.string() }) }),
    ),
  }),
});
const order = z.looseObject({ purchaseOrderId: z.string(), orderLines: z.object({ orderLine: z.array(line) }) });
type Order = z.infer<typeof order>;
type Line = z.infer<typeof line>;

/** Units that can still be shipped or cancelled are in one of these. */
const open = new Set(['Created', 'Acknowledged']);

/** Takes `amount` of a line's open units into a status; `undefined` where there are not so many. */
function moved(of: Line, amount: number, status: object): Line | undefined {
  const all = of.orderLineStatuses.orderLineStatus;
  const left = all
    .filter((one) => open.has(one.status))
    .reduce((sum, one) => sum + Number(one.statusQuantity.amount), 0);
  if (left < amount) return undefined;
  const rest = all.filter((one) => !open.has(one.status));
  const first = all.find((one) => open.has(one.status));
  const stays = {
    status: 'Acknowledged',
    ...first,
    statusQuantity: { unitOfMeasurement: 'EACH', amount: String(left - amount) },
  };
  const goes = { status: '', ...status, statusQuantity: { unitOfMeasurement: 'EACH', amount: String(amount) } };
  return { ...of, orderLineStatuses: { orderLineStatus: [...rest, goes, ...(left > amount ? [stays] : [])] } };
}

interface Told {
  readonly lineNumber: string;
  readonly change: (line: Line) => Line | undefined;
}

/** What is said of the lines of an order, by call; the answer is the order as it is then, or why nothing of it was done. */
export function orderCall(action: string, json: unknown, given: object): { order?: object; answer: SandboxResponse } {
  const told = toldBy(action, json);
  const before = order.parse(given);
  if (told === undefined) return { answer: badRequest(`The ${action} request is not valid`) };
  const after = told.reduce<Order | undefined>((state, one) => applied(state, one), before);
  return after === undefined
    ? { answer: badRequest(`PO: ${before.purchaseOrderId}: the line is not in a state for ${action}`) }
    : { order: after, answer: { status: 200, body: { order: after } } };
}

function applied(state: Order | undefined, { lineNumber, change }: Told): Order | undefined {
  const found = state?.orderLines.orderLine.find((one) => one.lineNumber === lineNumber);
  const changed = found && change(found);
  if (state === undefined || changed === undefined) return undefined;
  const orderLine = state.orderLines.orderLine.map((one) => (one === found ? changed : one));
  return { ...state, orderLines: { orderLine } };
}

function toldBy(action: string, json: unknown): readonly Told[] | undefined {
  if (action === 'refund')
    return refund.safeParse(json).data?.orderRefund.orderLines.orderLine.map(({ lineNumber, refunds }) => ({
      lineNumber,
      change: (one) =>
        one.orderLineStatuses.orderLineStatus.some(({ status }) => status === 'Shipped')
          ? {
              ...one,
              refund: { refundId: 'R-1', ...refunds.refund[0] },
            }
          : undefined,
    }));
  const lines =
    action === 'cancel'
      ? cancellation.safeParse(json).data?.orderCancellation.orderLines.orderLine
      : shipment.safeParse(json).data?.orderShipment.orderLines.orderLine;
  return lines?.flatMap(({ lineNumber, orderLineStatuses: { orderLineStatus } }) =>
    orderLineStatus.map((status) => ({
      lineNumber,
      change: (one: Line) => moved(one, Number(status.statusQuantity.amount), status),
    })),
  );
}
