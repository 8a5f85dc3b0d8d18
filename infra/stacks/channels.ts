import { Stack } from 'aws-cdk-lib/core';
import { type Construct } from 'constructs';
import { Channels } from '../capabilities/channels.ts';
import { type Foundation } from '../foundation.ts';

/** What speaks to channels: a stack of its own, because CloudFormation takes 500 resources in one. */
export class ChannelsStack extends Stack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'channels', {
      stackName: foundation.stage.named('channels'),
      description: 'Crossdock: orders that channels bring, and what channels are told.',
    });
    new Channels(this, foundation);
  }
}
