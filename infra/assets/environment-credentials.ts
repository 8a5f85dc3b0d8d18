import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for `@aws-sdk/credential-provider-node` in bundles. Lambda gives a Node.js function its credentials in the environment, which
 * is where that package looks first; the other places it knows (SSO, profiles, web identity, instance metadata) cost 100 kB in each
 * bundle and are never reached. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const defaultProvider = fromEnv;
