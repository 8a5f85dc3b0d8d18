import { type Twin } from './twin.ts';

/** What a start tells the user: where everything is and what to try. */
export function welcome(
  { apiUrl, awsUrl, dynamoDbUrl }: Pick<Twin, 'apiUrl' | 'awsUrl' | 'dynamoDbUrl'>,
  { dataDir, apiKey }: { readonly dataDir: string; readonly apiKey: string | undefined },
): string {
  return `
Crossdock runs on this machine.

  API        ${apiUrl}   described by ${apiUrl}/v1/openapi.json
  API key    ${apiKey ?? '(the app makes none)'}
  AWS        ${awsUrl}   DynamoDB: ${dynamoDbUrl}
  Data       ${dataDir}   logs of the functions in logs/

What to try next, in another terminal:

  export API=${apiUrl} KEY=${apiKey ?? ''}
  curl $API/v1/locations -H "authorization: Bearer $KEY"

  npm run demo -- --url ${apiUrl} --key $KEY      one order's whole life, step by step

The README goes on from there. Ctrl-C stops it; every order goes on at the next start.
`;
}
