import { everyChannel } from './harness.ts';
import { edi } from './kinds/edi.ts';
import { onx } from './kinds/onx.ts';
import { webhook } from './kinds/webhook.ts';

everyChannel([webhook, onx, edi]);
