import { type Deliver, deadLetterAttributes } from '../event-bridge/rule.ts';
import { type Outages } from '../faults/outages.ts';
import { type AsyncInvocations } from '../lambda/async-invocations.ts';
import { type Sqs } from '../sqs/sqs.ts';
import { type StepFunctions } from '../step-functions/step-functions.ts';
import { parseJson } from '../template/json.ts';

/** What can be the target of a rule or a schedule. */
export interface Targets {
  readonly sqs: Pick<Sqs, 'send'>;
  readonly events: Pick<AsyncInvocations, 'enqueue'>;
  readonly stepFunctions: Pick<StepFunctions, 'start'>;
  /** What is down at the moment; nothing where it is left out. */
  readonly outages?: Pick<Outages, 'check'>;
}

/** Hands payloads to queues, functions (as asynchronous events) and state machines; it has arrived once this resolves. */
export function createDeliver({ sqs, events, stepFunctions, outages }: Targets): Deliver {
  return async (arn, payload, target, failure) => {
    const service = arn.split(':')[2];
    switch (service) {
      case 'sqs': {
        outages?.check(`queue:${arn.split(':')[5] ?? arn}`);
        const group = target.messageGroupId === undefined ? {} : { groupId: target.messageGroupId };
        await sqs.send(arn, payload, failure && deadLetterAttributes(failure), group);
        return;
      }
      case 'lambda':
        events.enqueue(arn.split(':')[6] ?? arn, parseJson(payload));
        return;
      case 'states':
        await stepFunctions.start(arn, parseJson(payload));
        return;
      default:
        throw new Error(`The twin cannot deliver to ${arn}`);
    }
  };
}
