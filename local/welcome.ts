import { type Twin } from './twin.ts';

/** What a start tells the user: where everything is and what to try. */
export function welcome(
  { apiUrl, awsUrl, dynamoDbUrl }: Pick<Twin, 'apiUrl' | 'awsUrl' | 'dynamoDbUrl'>,
  { dataDir, apiKey }: { readonly dataDir: string; readonly apiKey: string | undefined },
): string {
  const key = apiKey === undefined ? '' : ` -H 'authorization: Bearer ${apiKey}'`;
  const keyLine = apiKey === undefined ? '' : `  API key    ${apiKey}\n`;
  return `
Crossdock runs on this machine.

  API        ${apiUrl}
${keyLine}  AWS        ${awsUrl}   (DynamoDB: ${dynamoDbUrl})
  Data       ${dataDir}   (logs/ inside)

Try:
  curl${key} ${apiUrl}/v1/openapi.json

Ctrl-C stops it; everything goes on at the next start.
`;
}
