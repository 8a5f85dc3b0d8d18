/** One list price. */
export interface Price {
  /** What one unit is. */
  readonly unit: string;
  /** US dollars for one unit. */
  readonly usd: number;
  /** The page that states it. */
  readonly source: string;
  /** Where the figure was seen: pages were read as stored copies, not live, so check the source before relying on it. */
  readonly seen: string;
}

const onThePage = "AWS's page, stored copy or transcription";
const inGuide = 'guides to AWS prices of 2025 and 2026';
const notSeen = 'not looked up: from memory';

/** When the prices were looked up: on-demand list prices, no free tier, no commitment, no tax. */
export const pricesAsOf = '2026-11-22';
/** The region of the prices. */
export const pricesRegion = 'us-east-1';

const perMillion = (usd: number): number => usd / 1_000_000;

/** What AWS charges for what an order uses. */
export const prices = {
  apiRequest: {
    unit: 'HTTP API request (up to 512 KB)',
    usd: perMillion(1),
    source: 'https://aws.amazon.com/api-gateway/pricing/',
    seen: onThePage,
  },
  lambdaRequest: {
    unit: 'invocation',
    usd: perMillion(0.2),
    source: 'https://aws.amazon.com/lambda/pricing/',
    seen: onThePage,
  },
  lambdaGbSecond: {
    unit: 'GB-second, arm64',
    usd: 0.0000133334,
    source: 'https://aws.amazon.com/lambda/pricing/',
    seen: 'the price table in artillery 2.0.28 (npm)',
  },
  writeUnit: {
    unit: 'write request unit, on demand',
    usd: perMillion(0.625),
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    seen: inGuide,
  },
  readUnit: {
    unit: 'read request unit, on demand',
    usd: perMillion(0.125),
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    seen: inGuide,
  },
  storedGb: {
    unit: 'GB-month in DynamoDB, standard class',
    usd: 0.25,
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    seen: notSeen,
  },
  transition: {
    unit: 'state transition, Standard workflow',
    usd: 0.025 / 1000,
    source: 'https://aws.amazon.com/step-functions/pricing/',
    seen: onThePage,
  },
  event: {
    unit: 'custom event put (up to 64 KB); deliveries in the account are free',
    usd: perMillion(1),
    source: 'https://aws.amazon.com/eventbridge/pricing/',
    seen: inGuide,
  },
  queueRequest: {
    unit: 'request, standard queue (up to 64 KB)',
    usd: perMillion(0.4),
    source: 'https://aws.amazon.com/sqs/pricing/',
    seen: inGuide,
  },
  logGb: {
    unit: 'GB of logs taken in, standard class',
    usd: 0.5,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    seen: notSeen,
  },
  trace: {
    unit: 'trace recorded',
    usd: perMillion(5),
    source: 'https://aws.amazon.com/xray/pricing/',
    seen: onThePage,
  },
  transferGb: {
    unit: 'GB out to the internet',
    usd: 0.09,
    source: 'https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer',
    seen: 'a guide to AWS prices',
  },
} as const satisfies Readonly<Record<string, Price>>;
/** A price as tables show it. */
export const priceText = ({ usd }: Price): string =>
  usd < 0.001 ? `${(usd * 1_000_000).toPrecision(3)} for 1 M` : String(usd);

/** The name of a price. */
export type PriceName = keyof typeof prices;
