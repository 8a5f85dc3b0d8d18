import { fromEnvironment, metricsVariable } from './config.ts';
import { logger } from './logger.ts';

/** A metric in CloudWatch's terms. */
export interface Measured {
  readonly name: string;
  readonly unit: 'Milliseconds' | 'Count' | 'Percent';
  readonly values: readonly number[];
}

/** Most values of one metric in one line: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const maximumValues = 100;

/** Measures something, in all and by what it is of (`dimension`), with a line of the log that CloudWatch reads: no call, and nothing waits for it. */
export function measure({ name, unit, values }: Measured, dimension: Readonly<Record<string, string>>): void {
  for (let start = 0; start < values.length; start += maximumValues) {
    logger.info('measured', {
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          {
            Namespace: fromEnvironment(metricsVariable),
            Dimensions: [[], Object.keys(dimension)],
            Metrics: [{ Name: name, Unit: unit }],
          },
        ],
      },
      ...dimension,
      [name]: values.slice(start, start + maximumValues),
    });
  }
}
