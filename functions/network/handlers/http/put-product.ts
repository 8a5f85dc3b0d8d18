import { putProduct as contract } from '../../../../shared/contracts/network/product-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putProduct } from '../../domain/put-product.ts';

/** Creates or changes a product. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, now }) => putProduct(ports)({ ...params, ...body }, now));

export const handler = build();
