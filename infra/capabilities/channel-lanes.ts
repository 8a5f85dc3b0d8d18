import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type Construct } from 'constructs';
import {
  channelMoved,
  hidingChanged,
  priceChanged,
  priceListChanged,
  productChanged,
} from '../../shared/contracts/network/events.ts';
import { availabilityChanged, shelfChanged } from '../../shared/contracts/stock/events.ts';
import { metricsVariable } from '../../shared/platform/config.ts';
import { Capability, type Rights } from '../constructs/capability.ts';
import { CustomerAlarm, alarmPeriod } from '../constructs/customer-alarm.ts';
import { type OwnQueue } from '../constructs/own-queue.ts';
import { type Foundation } from '../foundation.ts';

/** The urgent changes of five minutes may have been this late before somebody is woken. */
const longestWindowMs = 60_000;

/** So many failures in a row of one lane are some ten minutes without an answer (`breaker.ts`). */
const mostFailures = 10;

/** So many percent of a channel's listings may show something else than they were told before somebody is woken. */
const mostDriftPercent = 1;

/** What channels are told: recorded, and told lane by lane. */
export abstract class ChannelLanes extends Capability {
  /** Works the lanes off. */
  protected readonly lanes: OwnQueue;
  /** What it takes to wake a lane. */
  protected readonly waking: Rights;

  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'channels', foundation);
    const namespace = foundation.stage.named('channels');
    this.lanes = this.ownQueue({
      name: 'work-lane',
      description: 'Tells one channel what it must know, lane by lane, at its pace.',
      timeoutSeconds: 60,
      memoryMb: 512,
      rights: {
        network: 'read',
        orders: 'read',
        listings: 'readWrite',
        // Scanned where a channel is compared that is told of all of its pool: no index has the SKUs of a pool.
        stock: ['readWrite', 'scan'],
        inbox: 'readWrite',
        credentials: 'readWrite',
      },
      errorImpact: 'A channel keeps selling what is gone, and its buyers do not learn what became of their orders.',
    });
    this.lanes.sendsTo(this.lanes).told(metricsVariable, namespace);
    this.waking = { network: 'read', listings: 'readWrite', sendsTo: this.lanes };
    this.recording();
    this.sweeping(namespace);
    this.refreshing();
    this.drift(foundation, namespace);
    this.oversellWindow(foundation, namespace);
    this.silence(foundation, namespace);
  }

  private recording(): void {
    this.consumer({
      name: 'record-offers',
      description: 'Records what channels must be told of their stock; many changes of one SKU are one.',
      contracts: [availabilityChanged, shelfChanged],
      batchSize: 100,
      batchingWindowSeconds: 1,
      timeoutSeconds: 30,
      memoryMb: 512,
      rights: { ...this.waking, stock: 'read' },
      errorImpact: 'Channels keep selling what is gone and hide what is there.',
    });
  }

  private sweeping(namespace: string): void {
    this.scheduled({
      name: 'sweep-lanes',
      description: 'Has lanes worked off in which something waits and to which nobody comes, and measures who is late.',
      every: { minutes: 1 },
      timeoutSeconds: 55,
      rights: { ...this.waking, inbox: 'read' },
      errorImpact: 'A channel whose worker died is told nothing until the next change of its stock.',
    }).told(metricsVariable, namespace);
  }

  /** What a channel shows rests on products, prices and rules. */
  private refreshing(): void {
    const errorImpact = 'Channels go on showing products and prices as they were.';
    this.consumer({
      name: 'refresh-publications',
      description: 'Has channels told of SKUs whose product or price has changed.',
      contracts: [productChanged, priceChanged],
      batchSize: 50,
      batchingWindowSeconds: 1,
      timeoutSeconds: 60,
      memoryMb: 512,
      rights: this.waking,
      errorImpact,
    });
    this.consumer({
      name: 'refresh-channel-publications',
      description: 'Has channels told whose price lists, or whose rule about what is sold out, have changed.',
      contracts: [priceListChanged, hidingChanged, channelMoved],
      batchSize: 1,
      timeoutSeconds: 60,
      rights: this.waking,
      errorImpact,
    });
  }

  /** What channels show is compared with what they were told; its lane does it. */
  private drift(foundation: Foundation, namespace: string): void {
    this.scheduled({
      name: 'begin-drift',
      description: 'Begins to compare what channels show with what they were told.',
      every: { minutes: 15 },
      timeoutSeconds: 55,
      rights: this.waking,
      errorImpact:
        'What somebody changed at a channel stays so until its stock changes: units are sold that are not there.',
    });
    new CustomerAlarm(this, 'StockDriftAlarm', {
      house: foundation,
      topic: foundation.alarms,
      name: 'channels',
      page: 'stock-drift',
      errorImpact: 'A channel sold by other quantities than it was told: its buyers were promised what is not there.',
      metric: new Metric({ namespace, metricName: 'StockDrift', period: alarmPeriod, statistic: 'Maximum' }),
      threshold: mostDriftPercent,
    });
  }

  /** Measured from the change to the channel's yes, of changes that sell a SKU out or nearly so. */
  private oversellWindow(foundation: Foundation, namespace: string): void {
    new CustomerAlarm(this, 'OversellWindowAlarm', {
      house: foundation,
      topic: foundation.alarms,
      name: 'channels',
      page: 'oversell-window',
      errorImpact: 'A channel goes on selling units that are gone: their buyers are disappointed.',
      metric: new Metric({ namespace, metricName: 'OversellWindow', period: alarmPeriod, statistic: 'p99' }),
      threshold: longestWindowMs,
      minutes: 5,
    });
  }

  /** A channel that acknowledges nothing has no window, and a small one is lost among large ones: what waits is measured each minute, and the worst counts. */
  private silence(foundation: Foundation, namespace: string): void {
    const worst = (metricName: string) =>
      new Metric({ namespace, metricName, period: alarmPeriod, statistic: 'Maximum' });
    const about = { house: foundation, topic: foundation.alarms };
    new CustomerAlarm(this, 'UrgentWaitingAlarm', {
      ...about,
      name: 'channels-waiting',
      page: 'oversell-window',
      errorImpact: 'A channel goes on selling units that are gone, and has not even heard of it.',
      metric: worst('UrgentWaiting'),
      threshold: longestWindowMs,
      minutes: 3,
    });
    new CustomerAlarm(this, 'ChannelDownAlarm', {
      ...about,
      name: 'channels',
      page: 'channel-down',
      errorImpact: 'A channel learns nothing of stock, of its orders or of prices: its buyers see what is not so.',
      metric: worst('LaneFailures'),
      threshold: mostFailures,
      minutes: 3,
    });
  }
}
