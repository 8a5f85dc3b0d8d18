import { type Construct } from 'constructs';
import { type TaskContract } from '../../shared/contracts/define-task.ts';
import { kebab } from '../contracts.ts';
import { type Foundation } from '../foundation.ts';
import { CrossdockFunction, type FunctionSize } from './crossdock-function.ts';

/** Less than the 60 s that the state machines give a task, so that its own timeout is what is seen. */
const timeoutSeconds = 30;

/** The function behind one task of a process, wired by its contract. State machines name it by the contract's name: `${routeOrder}`. */
export class TaskFunction extends CrossdockFunction {
  readonly contract: TaskContract;

  constructor(scope: Construct, foundation: Foundation, contract: TaskContract, size: FunctionSize = {}) {
    super(scope, contract.name, {
      house: foundation,
      capability: contract.capability,
      trigger: 'tasks',
      name: kebab(contract.name),
      description: contract.summary,
      timeoutSeconds,
      ...size,
    });
    this.contract = contract;
  }
}
