import { everyChannel } from './harness.ts';
import { adobe } from './kinds/adobe.ts';
import { bigcommerce } from './kinds/bigcommerce.ts';
import { shopify } from './kinds/shopify.ts';
import { square } from './kinds/square.ts';
import { woocommerce } from './kinds/woocommerce.ts';

everyChannel([woocommerce, bigcommerce, adobe, shopify, square]);
