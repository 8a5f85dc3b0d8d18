import * as auditApis from './audit/apis.ts';
import * as auditEvents from './audit/events.ts';
import * as access from './access/apis.ts';
import * as channelApis from './channels/apis.ts';
import * as credentialApis from './channels/credentials-apis.ts';
import * as driftApis from './channels/drift-apis.ts';
import * as healthApis from './channels/health-apis.ts';
import * as managementApis from './channels/management-apis.ts';
import * as noticeApis from './channels/notice-apis.ts';
import * as noticeEvents from './channels/notice-events.ts';
import * as pollingApis from './channels/polling-apis.ts';
import * as quarantineApis from './channels/quarantine-apis.ts';
import * as listingApis from './network/listing-apis.ts';
import * as channelEvents from './channels/events.ts';
import { type ApiContract } from './define-api.ts';
import { type EventContract } from './define-event.ts';
import { type TaskContract } from './define-task.ts';
import * as fulfillmentApis from './fulfillment/apis.ts';
import * as fulfillmentEvents from './fulfillment/events.ts';
import * as fulfillmentTasks from './fulfillment/tasks.ts';
import * as holdApis from './holds/apis.ts';
import * as holdEvents from './holds/events.ts';
import * as ledgerApis from './ledger/apis.ts';
import * as network from './network/apis.ts';
import * as networkEvents from './network/events.ts';
import * as prices from './network/price-apis.ts';
import * as products from './network/product-apis.ts';
import * as publications from './network/publication-apis.ts';
import * as orderApis from './orders/apis.ts';
import * as orderEvents from './orders/events.ts';
import * as orderTasks from './orders/tasks.ts';
import * as paymentEvents from './payments/events.ts';
import * as paymentTasks from './payments/tasks.ts';
import * as returnApis from './returns/apis.ts';
import * as returnEvents from './returns/events.ts';
import * as returnTasks from './returns/tasks.ts';
import * as routingEvents from './routing/events.ts';
import * as routingTasks from './routing/tasks.ts';
import * as ruleApis from './rules/apis.ts';
import * as ruleEvents from './rules/events.ts';
import * as snapshotApis from './snapshots/apis.ts';
import * as snapshotEvents from './snapshots/events.ts';
import * as stockApis from './stock/apis.ts';
import * as countApis from './stock/count-apis.ts';
import * as countEvents from './stock/count-events.ts';
import * as stockEvents from './stock/events.ts';
import * as movementApis from './stock/movement-apis.ts';
import * as stripeApis from './stock/stripe-apis.ts';
import * as stripeEvents from './stock/stripe-events.ts';
import * as transferApis from './stock/transfer-apis.ts';
import * as transferEvents from './stock/transfer-events.ts';
import * as supplyApis from './supply/apis.ts';
import * as supplyEvents from './supply/events.ts';
import * as promiseEvents from './supply/promise-events.ts';

const contractsIn = <T>(modules: readonly object[], is: (value: object) => boolean): readonly T[] =>
  modules
    .flatMap((module): unknown[] => Object.values(module))
    .filter((value): value is T => typeof value === 'object' && value !== null && is(value));

/** Every route of the API. */
export const apiContracts = contractsIn<ApiContract>(
  [
    access,
    auditApis,
    channelApis,
    driftApis,
    healthApis,
    managementApis,
    noticeApis,
    pollingApis,
    quarantineApis,
    listingApis,
    countApis,
    credentialApis,
    fulfillmentApis,
    holdApis,
    ledgerApis,
    movementApis,
    network,
    prices,
    products,
    publications,
    orderApis,
    returnApis,
    ruleApis,
    snapshotApis,
    stockApis,
    stripeApis,
    supplyApis,
    transferApis,
  ],
  (value) => 'method' in value && 'path' in value,
);

/** Events whose subject is an order or a part of one: they make its timeline. */
export const orderStoryEvents = contractsIn<EventContract>(
  [orderEvents, routingEvents, fulfillmentEvents, returnEvents, paymentEvents, promiseEvents, noticeEvents],
  (value) => 'fires' in value,
);

/** Every event. */
export const eventContracts: readonly EventContract[] = [
  ...orderStoryEvents,
  ...contractsIn<EventContract>(
    [
      auditEvents,
      channelEvents,
      countEvents,
      holdEvents,
      networkEvents,
      ruleEvents,
      snapshotEvents,
      stockEvents,
      stripeEvents,
      supplyEvents,
      transferEvents,
    ],
    (value) => 'fires' in value,
  ),
];

/** Every task of a process. */
export const taskContracts = contractsIn<TaskContract>(
  [orderTasks, routingTasks, fulfillmentTasks, returnTasks, paymentTasks],
  (value) => 'input' in value && 'output' in value,
);
