import { readProduct as contract } from '../../../../shared/contracts/network/product-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readProduct } from '../../domain/read-product.ts';

/** Reads a product. */
export const build = (ports = awsPorts) => httpHandler(contract, ({ params }) => readProduct(ports)(params.sku));

export const handler = build();
