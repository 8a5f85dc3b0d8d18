import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/access/apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** Access: keys, and the API's description of itself. The authorizer is part of the platform. */
export class Access extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'access', foundation);
    this.routes(apis, {
      createApiKey: { network: 'write' },
      readOpenApi: { size: { memoryMb: 512 } },
    });
    this.invoked({
      name: 'bootstrap-api-key',
      description:
        'Makes the first API key of a deployment; invoked by an operator with AWS credentials, never over HTTP.',
      rights: { network: 'write' },
    });
  }
}
