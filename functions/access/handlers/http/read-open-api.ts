import { readOpenApi as contract } from '../../../../shared/contracts/access/apis.ts';
import { apiContracts } from '../../../../shared/contracts/catalog.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { openApi } from '../../domain/openapi.ts';

/** The API describes itself. */
export const handler = httpHandler(contract, () => Promise.resolve(ok(openApi(apiContracts))));
