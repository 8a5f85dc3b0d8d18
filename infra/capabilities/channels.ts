import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/channels/apis.ts';
import * as credentialApis from '../../shared/contracts/channels/credentials-apis.ts';
import * as driftApis from '../../shared/contracts/channels/drift-apis.ts';
import * as healthApis from '../../shared/contracts/channels/health-apis.ts';
import * as managementApis from '../../shared/contracts/channels/management-apis.ts';
import * as noticeApis from '../../shared/contracts/channels/notice-apis.ts';
import * as pollingApis from '../../shared/contracts/channels/polling-apis.ts';
import {
  channelOrderRefused,
  ordersPollDue,
  webhookQuarantined,
  webhookReceived,
} from '../../shared/contracts/channels/events.ts';
import {
  fulfillmentOrderDelivered,
  fulfillmentOrderPacked,
  fulfillmentOrderShipped,
} from '../../shared/contracts/fulfillment/events.ts';
import { orderCancelled, orderCaptured, orderRecognized } from '../../shared/contracts/orders/events.ts';
import { refundIssued } from '../../shared/contracts/payments/events.ts';
import { returnSettled } from '../../shared/contracts/returns/events.ts';
import * as quarantineApis from '../../shared/contracts/channels/quarantine-apis.ts';
import * as listingApis from '../../shared/contracts/network/listing-apis.ts';
import * as publicationApis from '../../shared/contracts/network/publication-apis.ts';
import { putChannel, putListing, readListing } from '../../shared/contracts/network/apis.ts';
import { CustomerAlarm, alarmPeriod } from '../constructs/customer-alarm.ts';
import { type Foundation } from '../foundation.ts';
import { ChannelLanes } from './channel-lanes.ts';

/** Channels: orders that shops and marketplaces bring, and the stock that they are told. */
export class Channels extends ChannelLanes {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, foundation);
    this.routes(
      {
        ...apis,
        ...credentialApis,
        ...driftApis,
        ...healthApis,
        ...managementApis,
        ...noticeApis,
        ...pollingApis,
        ...quarantineApis,
        ...listingApis,
        ...publicationApis,
        putChannel,
        putListing,
        readListing,
      },
      {
        receiveWebhook: { network: 'read', inbox: 'write', credentials: 'read', size: { memoryMb: 512 } },
        answerChallenge: { network: 'read', credentials: 'read' },
        listQuarantine: { network: 'read', inbox: 'read' },
        retryWebhook: { inbox: 'readWrite' },
        putListing: { ...this.waking, stock: 'readWrite' },
        putListings: { ...this.waking, stock: 'readWrite', size: { timeoutSeconds: 29, memoryMb: 512 } },
        takeOutListing: this.waking,
        readListing: { network: 'read', listings: 'read' },
        findListings: { network: 'read', listings: 'read' },
        listInbox: { network: 'read', inbox: 'read' },
        readDelivery: { inbox: 'read', size: { memoryMb: 512 } },
        dismissDelivery: { inbox: 'readWrite' },
        retryQuarantine: { network: 'read', inbox: 'readWrite' },
        listNotices: { network: 'read', inbox: 'read' },
        retryNotice: { ...this.waking, inbox: 'readWrite' },
        dismissNotice: { network: 'read', inbox: 'readWrite' },
        listChannelTypes: {},
        createChannel: { network: 'readWrite', stock: 'readWrite', inbox: 'write', credentials: 'readWrite' },
        putChannel: { ...this.waking, network: 'readWrite', stock: 'readWrite', credentials: 'readWrite' },
        readChannel: { network: 'read' },
        testChannel: { ...this.waking, inbox: 'write', credentials: 'readWrite', size: { timeoutSeconds: 29 } },
        pauseChannel: { network: 'readWrite' },
        resumeChannel: { ...this.waking, network: 'readWrite', stock: 'readWrite' },
        readChannelHealth: { network: 'read', listings: 'read', inbox: 'read' },
        readOffer: { network: 'read', listings: 'read', stock: 'read' },
        retryOffers: { ...this.waking, size: { timeoutSeconds: 29, memoryMb: 512 } },
        putPublication: this.waking,
        putPublications: { ...this.waking, size: { timeoutSeconds: 29, memoryMb: 512 } },
        readPublication: { network: 'read', listings: 'read' },
        listPublications: { network: 'read', listings: 'read' },
        retryPublication: this.waking,
        exportPublications: { network: 'read', listings: 'read', size: { timeoutSeconds: 29, memoryMb: 512 } },
        importPublications: { ...this.waking, size: { timeoutSeconds: 29, memoryMb: 1024 } },
        startDrift: this.waking,
        listDrift: { network: 'read', listings: 'read' },
        readDrift: { network: 'read', listings: 'read' },
        startBackfill: { network: 'read', inbox: 'write' },
        listPolls: { network: 'read', inbox: 'read' },
        readBackfill: { network: 'read', inbox: 'read' },
        stopBackfill: { network: 'read', inbox: 'readWrite' },
        putChannelCredentials: { ...this.waking, credentials: 'readWrite' },
      },
    );
    this.consumers();
    this.notes();
    this.amazonNotifications();
    this.quarantine(foundation);
    this.publisher({
      name: 'publish-inbox-events',
      description: 'Publishes the events that deliveries of channels carry: received, mapped, quarantined.',
      table: 'inbox',
      newImages: [{ version: { N: [{ exists: true }] } }],
      errorImpact: 'Orders that channels have delivered stay in the inbox: their customers wait.',
    });
  }

  private consumers(): void {
    this.consumer({
      name: 'map-webhook',
      description: "Reads a channel's delivery into an order, or sets it aside with the reason.",
      contracts: [webhookReceived],
      timeoutSeconds: 30,
      rights: { network: 'read', listings: 'read', stock: 'read', inbox: 'readWrite', credentials: 'readWrite' },
      errorImpact: 'Orders that channels have delivered are not read: their customers wait.',
    });
    this.consumer({
      name: 'refuse-delivery',
      description: 'Puts a delivery in quarantine whose order could not be captured.',
      contracts: [channelOrderRefused],
      rights: { network: 'read', inbox: 'readWrite' },
      errorImpact: 'Orders that could not be captured are not shown to anybody: their customers wait.',
    });
    this.scheduled({
      name: 'announce-polls',
      description: 'Has channels asked for their orders whose time has come.',
      every: { minutes: 1 },
      timeoutSeconds: 55,
      rights: { network: 'read', inbox: 'readWrite' },
      errorImpact: 'Orders of channels that must be asked for them do not come in.',
    });
    this.consumer({
      name: 'poll-orders',
      description: 'Asks a channel for the orders that changed.',
      contracts: [ordersPollDue],
      batchSize: 1,
      timeoutSeconds: 60,
      rights: { network: 'read', inbox: 'readWrite', credentials: 'readWrite' },
      errorImpact: 'Orders of channels that must be asked for them do not come in.',
    });
    this.scheduled({
      name: 'retry-waiting',
      description: 'Has deliveries tried again whose channel could not be asked when they came.',
      every: { minutes: 1 },
      timeoutSeconds: 55,
      rights: { network: 'read', inbox: 'readWrite' },
      errorImpact: 'Orders wait whose channel could not be asked for them when they were announced.',
    });
  }

  /** What became of an order is noted for its channel; the lane `orders` tells it. */
  private notes(): void {
    const rights = { ...this.waking, orders: 'read', inbox: 'readWrite' } as const;
    this.consumer({
      name: 'note-capture',
      description: 'Notes for a channel that its order is ours; what it sold and shows as before is told again.',
      contracts: [orderCaptured, orderRecognized],
      data: { delivered: [true] },
      rights: { ...rights, stock: 'read' },
      errorImpact: 'Marketplaces cancel orders that are not acknowledged in time.',
    });
    this.consumer({
      name: 'note-shipment',
      description: 'Notes for a channel that a parcel of its order left, with its tracking.',
      contracts: [fulfillmentOrderShipped],
      data: { pickup: [{ exists: false }] },
      rights,
      errorImpact: 'Buyers do not learn that their goods are on the way, and marketplaces count them as late.',
    });
    this.consumer({
      name: 'note-pickup',
      description: 'Notes for a channel that its order can be collected, or was.',
      contracts: [fulfillmentOrderPacked, fulfillmentOrderDelivered],
      data: { pickup: [true] },
      rights,
      errorImpact: 'Buyers do not learn that they can collect their goods.',
    });
    this.consumer({
      name: 'note-cancellation',
      description: 'Notes for a channel what was cancelled here of its order.',
      contracts: [orderCancelled],
      rights,
      errorImpact: 'Buyers wait for goods that were cancelled, and their money is kept.',
    });
    this.consumer({
      name: 'note-refund',
      description: 'Notes for a channel what was given back, or is owed, of its order.',
      contracts: [refundIssued, returnSettled],
      rights,
      errorImpact: 'Buyers who sent goods back do not get their money from the channel that holds it.',
    });
    this.consumer({
      name: 'answer-quarantined',
      description: 'Answers the sender of a delivery that needs a person first, where it waits for a word.',
      contracts: [webhookQuarantined],
      timeoutSeconds: 30,
      rights: { network: 'read', inbox: 'readWrite', credentials: 'readWrite' },
      errorImpact: 'Trading partners send orders again, or call, as they hear nothing of them.',
    });
  }

  /** The account of the Selling Partner API: https://developer-docs.amazon.com/sp-api/docs/set-up-notifications-with-amazon-sqs */
  private amazonNotifications(): void {
    this.queue({
      name: 'take-amazon-notification',
      description: 'Stores what Amazon tells of the orders of a seller.',
      sender: '437568002678',
      tell: 'Where Amazon sends ORDER_CHANGE: create a destination of the Selling Partner API with it.',
      rights: { network: 'read', inbox: 'write' },
      errorImpact: 'Orders of Amazon come in late, when they are asked for: their customers wait.',
    });
  }

  /** Every run that finds deliveries in quarantine logs one line that says since when the oldest is there. */
  private quarantine(foundation: Foundation): void {
    const mending = this.scheduled({
      name: 'mend-quarantine',
      description: 'Has deliveries mapped again whose cause is mended, and says how long others have been waiting.',
      every: { minutes: 1 },
      timeoutSeconds: 55,
      rights: { network: 'read', listings: 'read', stock: 'read', inbox: 'readWrite' },
      errorImpact: 'Orders whose SKU is listed by now stay in quarantine: their customers wait.',
    });
    const filter = new MetricFilter(this, 'QuarantineAge', {
      logGroup: LogGroup.fromLogGroupName(this, 'MendingLog', `/aws/lambda/${mending.physicalName}`),
      filterPattern: FilterPattern.stringValue('$.message', '=', 'quarantine'),
      metricNamespace: foundation.stage.named('channels'),
      metricName: 'QuarantineOldestSeconds',
      metricValue: '$.oldestSeconds',
    });
    filter.node.addDependency(mending);
    new CustomerAlarm(this, 'QuarantineAgeAlarm', {
      house: foundation,
      topic: foundation.alarms,
      name: 'channels',
      page: 'quarantine-age',
      errorImpact: 'Orders that channels have sold have been in quarantine for an hour: nobody ships them.',
      metric: filter.metric({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: 3600,
      minutes: 3,
    });
  }
}
