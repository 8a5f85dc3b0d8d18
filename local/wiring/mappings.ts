import { type JsonObject } from '../aws-service.ts';
import { type MappingDefinition } from '../event-sources/mapping.ts';
import { type DeployedResource } from '../template/cloudformation.ts';
import { asObject, asString, isObject, listOf, numberOr, stringsOf } from '../template/json.ts';

/** Reads an `AWS::Lambda::EventSourceMapping`; `undefined` for one that is switched off. */
export function mappingDefinitionOf(resource: DeployedResource): MappingDefinition | undefined {
  const { name, properties, logicalId } = resource;
  if (properties['Enabled'] === false) return undefined;
  const arn = asString(properties['EventSourceArn'], `${logicalId}.EventSourceArn`);
  const functionName = asString(properties['FunctionName'], `${logicalId}.FunctionName`);
  return {
    id: name,
    functionName: functionName.startsWith('arn:') ? (functionName.split(':')[6] ?? functionName) : functionName,
    source: { kind: sourceKindOf(arn, logicalId), arn },
    filters: filtersOf(properties, logicalId),
    reportBatchItemFailures: stringsOf(properties['FunctionResponseTypes'], logicalId).includes(
      'ReportBatchItemFailures',
    ),
    bisectBatchOnFunctionError: properties['BisectBatchOnFunctionError'] === true,
    startingPosition: properties['StartingPosition'] === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    ...numbersOf(properties, logicalId),
    ...onFailureOf(properties, logicalId),
  };
}

function sourceKindOf(arn: string, logicalId: string): 'sqs' | 'dynamodb' {
  const service = arn.split(':')[2];
  if (service === 'sqs' || service === 'dynamodb') return service;
  throw new Error(`${logicalId}: event source ${arn} is not supported by the twin`);
}

function filtersOf(properties: JsonObject, logicalId: string): string[] {
  const criteria = properties['FilterCriteria'];
  const filters = isObject(criteria) ? listOf(criteria['Filters']) : [];
  return filters.map((filter) => asString(asObject(filter, logicalId)['Pattern'], `${logicalId}.FilterCriteria`));
}

const numbers = {
  BatchSize: 'batchSize',
  MaximumBatchingWindowInSeconds: 'maximumBatchingWindowSeconds',
  MaximumRetryAttempts: 'maximumRetryAttempts',
  MaximumRecordAgeInSeconds: 'maximumRecordAgeSeconds',
  ParallelizationFactor: 'parallelizationFactor',
} as const;

function numbersOf(properties: JsonObject, logicalId: string): Partial<MappingDefinition> {
  const scaling = properties['ScalingConfig'];
  const maximum = isObject(scaling) ? scaling['MaximumConcurrency'] : undefined;
  const given = Object.entries(numbers).filter(([property]) => properties[property] !== undefined);
  return {
    ...Object.fromEntries(
      given.map(([property, key]) => [key, numberOr(properties[property], 0, `${logicalId}.${property}`)]),
    ),
    ...(maximum === undefined ? {} : { maximumConcurrency: numberOr(maximum, 10, `${logicalId}.ScalingConfig`) }),
  };
}

function onFailureOf(properties: JsonObject, logicalId: string): { onFailureArn?: string } {
  const destinations = properties['DestinationConfig'];
  const onFailure = isObject(destinations) ? destinations['OnFailure'] : undefined;
  return isObject(onFailure) ? { onFailureArn: asString(onFailure['Destination'], `${logicalId}.OnFailure`) } : {};
}
