import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { type Mapped } from '../../domain/connector.ts';
import { ignored, quarantined } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { type WalmartEvent, eventIn } from './event.ts';
import { mapOrder } from './map-order.ts';
import { mapReturn } from './map-return.ts';
import { walmartOrder, walmartReturn } from './payload.ts';

const remedy = 'Retry, or capture the order with POST /v1/orders.';

/** What a seller sends to Walmart and Walmart never sends, in JSON and in the XML that API v3 began with. */
const requests = ['orderCancellation', 'orderShipment', 'orderRefund', 'InventoryFeed', 'inventory', 'refundLines'];

/** Maps what Walmart's API answers: an order, a page with one, a return; alone, or beside the event that it was asked for. */
export function map(document: Buffer): Mapped {
  const json = readJson(document);
  if (!json.ok) return unreadable(document, json.refusal.detail);
  if (!isObject(json.value)) return none();
  const { answer, event } = json.value;
  return answer === undefined ? mapAnswer(json.value) : mapAnswer(answer, eventIn(event));
}

function mapAnswer(answer: unknown, event?: WalmartEvent): Mapped {
  if (!isObject(answer)) return none();
  const request = requests.find((name) => name in answer);
  if (request !== undefined) return isRequest(request);
  const returned = onlyOne(answer['returnOrders']);
  if (returned !== undefined)
    return parsed(walmartReturn, returned, 'return', (one) => mapReturn(one, event?.purchaseOrderId));
  const order = orderIn(answer);
  if (order !== undefined) return parsed(walmartOrder, order, 'order', (one) => mapOrder(one, event));
  const said = eventIn(answer);
  return said === undefined ? none() : ignored(reasonFor(said));
}

/** `{order}`, a page with one order, or the order itself. */
function orderIn(answer: Readonly<Record<string, unknown>>): unknown {
  const { order, list } = answer;
  if (isObject(order)) return order;
  const elements = isObject(list) ? list['elements'] : undefined;
  return (isObject(elements) ? onlyOne(elements['order']) : undefined) ?? ('orderLines' in answer ? answer : undefined);
}

const onlyOne = (all: unknown): unknown => (Array.isArray(all) && all.length === 1 ? all[0] : undefined);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed<T>(
  schema: {
    safeParse: (
      value: unknown,
    ) => { success: true; data: T } | { success: false; error: Parameters<typeof fieldReasons>[0] };
  },
  value: unknown,
  what: string,
  then: (data: T) => Mapped,
): Mapped {
  const found = schema.safeParse(value);
  return found.success
    ? then(found.data)
    : quarantined(
        'not-as-documented',
        `The ${what} is not as Walmart documents it: ${fieldReasons(found.error)}. ${remedy}`,
      );
}

/** XML came from the API before it spoke JSON, and is still what some tools send. */
function unreadable(document: Buffer, detail: string): Mapped {
  const root = /<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]/.exec(document.subarray(0, 2000).toString('utf8'))?.[1];
  if (root === undefined) return quarantined('unreadable', `${detail} ${remedy}`);
  return requests.includes(root)
    ? isRequest(root)
    : quarantined('unreadable', `The document is XML (${root.slice(0, 100)}): have Walmart deliver JSON. ${remedy}`);
}

const isRequest = (name: string): Mapped =>
  ignored(`${name} is what a seller sends to Walmart, not what happened to an order`);

const none = (): Mapped =>
  quarantined('not-as-documented', `The document is neither an order, a return nor an event of Walmart. ${remedy}`);

const reasonFor = ({ type, purchaseOrderId }: WalmartEvent): string =>
  purchaseOrderId === undefined
    ? `Walmart event ${type.slice(0, 100)} names no order`
    : `Walmart event ${type.slice(0, 100)} says that order ${purchaseOrderId} has changed, and not all of what it is: the order is read from its API`;
