import { type Construct } from 'constructs';
import { listChannels, listLocations, putChannel, putLocation } from '../../shared/contracts/network/apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** The network: locations that hold stock and channels that sell it. */
export class Network extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'network', foundation);
    this.routes(
      { putLocation, listLocations, putChannel, listChannels },
      {
        putLocation: { network: 'readWrite', stock: 'scan', size: { timeoutSeconds: 29 } },
        listLocations: { network: 'read' },
        putChannel: { network: 'readWrite' },
        listChannels: { network: 'read' },
      },
    );
  }
}
