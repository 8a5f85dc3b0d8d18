import { CfnParameter } from 'aws-cdk-lib/core';
import { type Construct } from 'constructs';
import * as tasks from '../../shared/contracts/payments/tasks.ts';
import { Capability } from '../constructs/capability.ts';
import { type Foundation } from '../foundation.ts';

/** What stages without real money are given; the gateway refuses it, and the order's process tells a person. */
const noSecret = 'not-configured';

/** Two calls of the gateway at their slowest (20 s each), within the 60 s that the state machines give a task. */
const size = { timeoutSeconds: 55 };

/** Payments: money promised, taken and given back through the payment gateway. */
export class Payments extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'payments', foundation);
    const url = this.parameter('PaymentGatewayUrl', {
      description: 'Base address of the payment gateway.',
      default: 'https://api.stripe.com',
    });
    const secret = this.parameter('PaymentGatewaySecret', {
      description: 'Secret key of the payment gateway (docs/adr/0004-gateway-secret.md).',
      noEcho: true,
      ...(!foundation.stage.isProduction && { default: noSecret }),
    });
    const functions = this.tasks(tasks, {
      securePayment: { orders: 'readWrite', size },
      capturePayment: { orders: 'readWrite', size },
      refundReturn: { orders: 'readWrite', size },
    });
    for (const one of functions) one.told('PAYMENT_GATEWAY_URL', url).told('PAYMENT_GATEWAY_SECRET', secret);
  }

  /** A parameter of the stack under its plain name, as a deployment states it: `--parameters crossdock-<stage>-capabilities:<name>=…`. */
  private parameter(name: string, props: ConstructorParameters<typeof CfnParameter>[2]): string {
    const parameter = new CfnParameter(this, name, props);
    parameter.overrideLogicalId(name);
    return parameter.valueAsString;
  }
}
