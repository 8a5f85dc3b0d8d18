import middy from '@middy/core';
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { contextOf } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { authorize } from '../../domain/authorize.ts';

/** The API's authorizer: who is behind the key, and what it may do. */
export const build = (ports = awsPorts) =>
  middy<APIGatewayRequestAuthorizerEventV2, unknown>().handler(async ({ headers }) => {
    const key = await authorize(ports)(headers?.['authorization']);
    return key === undefined
      ? { isAuthorized: false }
      : { isAuthorized: true, context: contextOf({ ...key, id: key.hash }) };
  });

export const handler = build();
