import { type ConnectorNeeds } from '../../domain/connector-needs.ts';

/** What a sender of onX needs: nothing but the secret that it signs with. */
export const needs: ConnectorNeeds = {
  settings: {},
  credentials: {},
  endpoint: 'webhook',
  signing:
    'the secret of Standard Webhooks that the sender signs with: `whsec_` and base64, or any other text as its own bytes',
};
