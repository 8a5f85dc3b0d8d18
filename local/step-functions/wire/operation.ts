import { type JsonObject } from '../../aws-service.ts';
import { type Callbacks } from '../callbacks.ts';
import { type Engine } from '../engine.ts';
import { type Executions } from '../executions.ts';

/** What operations work on. */
export interface Services {
  readonly engine: Engine;
  readonly executions: Executions;
  readonly callbacks: Callbacks;
}

/** One operation of the AWSStepFunctions target. */
export type Operation = (services: Services, input: JsonObject) => Promise<JsonObject> | JsonObject;
