import middy from '@middy/core';
import { apiKeyInput } from '../../../../shared/contracts/access/apis.ts';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { createApiKey } from '../../domain/create-api-key.ts';

/** Makes the first API key of a deployment; invoked by an operator with AWS credentials, never over HTTP. */
export const build = (ports = awsPorts, clock = systemClock) =>
  middy<unknown, unknown>().handler(async (event) => {
    const made = await createApiKey(ports)(apiKeyInput.parse(event), clock.now());
    if (!made.ok) throw new Error(made.refusal.detail);
    return made.value;
  });

export const handler = build();
