import { everyChannel } from './harness.ts';
import { ebay } from './kinds/ebay.ts';
import { tiktok } from './kinds/tiktok.ts';
import { walmart } from './kinds/walmart.ts';

everyChannel([walmart, ebay, tiktok]);
