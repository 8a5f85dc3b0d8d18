import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/channels/apis.ts';
import { webhookReceived } from '../../shared/contracts/channels/events.ts';
import { putListing, readListing } from '../../shared/contracts/network/apis.ts';
import { availabilityChanged } from '../../shared/contracts/stock/events.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Channels: orders that shops and marketplaces bring, and the stock that they are told. */
export class Channels extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'channels', foundation);
    this.routes(
      { ...apis, putListing, readListing },
      {
        receiveWebhook: { network: 'read', inbox: 'write', size: { memoryMb: 512 } },
        listQuarantine: { inbox: 'read' },
        retryWebhook: { inbox: 'readWrite' },
        putListing: { network: 'read', listings: 'readWrite', stock: 'readWrite' },
        readListing: { listings: 'read' },
      },
    );
    this.consumers();
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
      rights: { network: 'read', listings: 'read', inbox: 'readWrite' },
      errorImpact: 'Orders that channels have delivered are not read: their customers wait.',
    });
    this.consumer({
      name: 'publish-availability',
      description: 'Tells channels what they can sell; many changes of one SKU are one message.',
      contracts: [availabilityChanged],
      batchSize: 100,
      batchingWindowSeconds: 1,
      timeoutSeconds: 30,
      memoryMb: 512,
      rights: { network: 'read', listings: 'readWrite', stock: 'read' },
      errorImpact: 'Channels keep selling what is gone and hide what is there.',
    });
  }
}
