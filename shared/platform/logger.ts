import { Logger } from '@aws-lambda-powertools/logger';

/** The one logger of a function: JSON lines, level by `POWERTOOLS_LOG_LEVEL`. */
export const logger = new Logger({ serviceName: 'crossdock' });
