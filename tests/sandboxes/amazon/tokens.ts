import { randomUUID } from 'node:crypto';
import { type SandboxResponse } from '../http-server.ts';

/** What an app is known by. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

const lifeSeconds = 3600;

/** Tokens as Amazon gives them: access tokens by Login with Amazon, restricted ones by the Tokens API. */
export class Tokens {
  readonly #credentials: AppCredentials;
  #access = new Set<string>();
  #restricted = new Set<string>();
  /** How many access tokens were given. */
  minted = 0;
  /** Whether the app has the roles that restricted data takes. */
  hasRoles = true;

  constructor(credentials: AppCredentials) {
    this.#credentials = credentials;
  }

  /** Ends every token at once, as after an hour. */
  expire(): void {
    this.#access = new Set();
    this.#restricted = new Set();
  }

  /** POST /auth/o2/token: https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api */
  grant(form: URLSearchParams): SandboxResponse {
    const { clientId, clientSecret, refreshToken } = this.#credentials;
    if (form.get('grant_type') !== 'refresh_token')
      return refusal(
        400,
        'unsupported_grant_type',
        'The authorization grant type is not supported by the authorization server',
      );
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
      return refusal(401, 'invalid_client', 'Client authentication failed');
    if (form.get('refresh_token') !== refreshToken)
      return refusal(400, 'invalid_grant', 'The request has an invalid grant parameter : refresh_token');
    const token = `Atza|${randomUUID()}`;
    this.#access.add(token);
    this.minted += 1;
    return {
      status: 200,
      body: { access_token: token, refresh_token: refreshToken, token_type: 'bearer', expires_in: lifeSeconds },
    };
  }

  /** POST /tokens/2021-03-01/restrictedDataToken */
  restrict(): SandboxResponse {
    if (!this.hasRoles)
      return {
        status: 403,
        body: {
          errors: [
            {
              code: 'Unauthorized',
              message:
                'Application does not have access to one or more requested data elements: [shippingAddress, buyerInfo]',
              details: '',
            },
          ],
        },
      };
    const token = `Atz.sprdt|${randomUUID()}`;
    this.#restricted.add(token);
    return { status: 200, body: { restrictedDataToken: token, expiresIn: lifeSeconds } };
  }

  /** What a token lets its bearer see; `undefined` for one that is not good. */
  scopeOf(token: string | undefined): 'plain' | 'restricted' | undefined {
    if (token === undefined) return undefined;
    return this.#restricted.has(token) ? 'restricted' : this.#access.has(token) ? 'plain' : undefined;
  }
}

const refusal = (status: number, error: string, error_description: string): SandboxResponse => ({
  status,
  body: { error, error_description },
});
