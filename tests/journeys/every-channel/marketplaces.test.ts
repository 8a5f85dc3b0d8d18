import { everyChannel } from './harness.ts';
import { walmart } from './kinds/walmart.ts';

everyChannel([walmart]);
