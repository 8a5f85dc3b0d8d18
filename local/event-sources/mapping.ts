import { type Json } from '../aws-service.ts';
import { parseJson } from '../event-bridge/parse-json.ts';
import { validatePattern } from '../event-bridge/validate-pattern.ts';

/** An event source mapping as the template declares it; the comments give the defaults. */
export interface MappingDefinition {
  /** Stays the same over restarts: checkpoints are kept under it. */
  readonly id: string;
  readonly functionName: string;
  readonly source: { readonly kind: 'sqs' | 'dynamodb'; readonly arn: string };
  /** 10 for queues, 100 for streams. */
  readonly batchSize?: number;
  /** 0: a batch goes out as soon as there is a record. */
  readonly maximumBatchingWindowSeconds?: number;
  /** `FilterCriteria.Filters[].Pattern` as JSON texts; a record that none of them matches is skipped. */
  readonly filters?: readonly string[];
  /** `FunctionResponseTypes: [ReportBatchItemFailures]`. */
  readonly reportBatchItemFailures?: boolean;
  /** Streams: halve a batch that failed. */
  readonly bisectBatchOnFunctionError?: boolean;
  /** Streams: -1 (no limit). */
  readonly maximumRetryAttempts?: number;
  /** Streams: -1 (no limit). */
  readonly maximumRecordAgeSeconds?: number;
  /** Streams: the queue told of a batch that was given up. */
  readonly onFailureArn?: string;
  /** Streams: 1; batches in flight, records of one partition key stay in order. */
  readonly parallelizationFactor?: number;
  /** Queues: 10 (`ScalingConfig.MaximumConcurrency`); batches in flight. */
  readonly maximumConcurrency?: number;
  /** Streams: where a mapping without a checkpoint starts. */
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
}

/** A mapping with its filters read and its defaults filled in. */
export interface Mapping extends Required<Omit<MappingDefinition, 'filters' | 'onFailureArn'>> {
  readonly filters: readonly Json[];
  readonly onFailureArn?: string;
}

/** Fills in the defaults of Lambda; throws for a filter that is no valid pattern. */
export function readMapping(definition: MappingDefinition): Mapping {
  return {
    batchSize: definition.source.kind === 'sqs' ? 10 : 100,
    maximumBatchingWindowSeconds: 0,
    reportBatchItemFailures: false,
    bisectBatchOnFunctionError: false,
    maximumRetryAttempts: -1,
    maximumRecordAgeSeconds: -1,
    parallelizationFactor: 1,
    maximumConcurrency: 10,
    startingPosition: 'TRIM_HORIZON',
    ...withoutUndefined(definition),
    filters: (definition.filters ?? []).map((filter) => readFilter(definition.id, filter)),
  };
}

function readFilter(mappingId: string, filter: string): Json {
  const pattern = parseJson(filter);
  const problem = pattern === undefined ? 'no JSON' : validatePattern(pattern);
  if (pattern === undefined || problem !== undefined) {
    throw new Error(`filter of event source mapping ${mappingId}: ${problem ?? ''}: ${filter}`);
  }
  return pattern;
}

/** A caller may pass `undefined` for "as AWS does it". */
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}
