import { type DatabaseSync } from 'node:sqlite';
import { type CallResource } from './call-resource.ts';
import { Callbacks } from './callbacks.ts';
import { Children } from './children.ts';
import { type Clock } from './clock.ts';
import { Definitions } from './definitions.ts';
import { Engine } from './engine.ts';
import { type Execution } from './execution.ts';
import { Executions } from './executions.ts';
import { History } from './history.ts';
import { Parking } from './parking.ts';
import { type Runtime } from './runtime.ts';
import { Store } from './store.ts';
import { Timers } from './timers.ts';

/** The interpreter's parts, connected. */
export interface Interpreter {
  readonly runtime: Runtime;
  readonly engine: Engine;
  readonly executions: Executions;
  readonly definitions: Definitions;
  readonly callbacks: Callbacks;
  /** Billed state transitions by machine name. */
  readonly transitions: ReadonlyMap<string, number>;
  shutDown(): void;
}

interface Parts {
  db: DatabaseSync;
  clock: Clock;
  history: boolean;
  callResource: CallResource;
}

/** Counts as AWS bills Standard workflows: every state entered, and every retry. */
class TransitionCounter {
  readonly byMachine = new Map<string, number>();

  count({ machine: { name } }: Execution): void {
    this.byMachine.set(name, (this.byMachine.get(name) ?? 0) + 1);
  }
}

/** Connects the parts. Engine and children know one another through the runtime. */
export function createInterpreter({ db, clock, history, callResource }: Parts): Interpreter {
  const store = new Store(db);
  const timers = new Timers(clock);
  const parking = new Parking();
  const transitions = new TransitionCounter();
  const lifetime = { closing: false };
  const runtime: Runtime = {
    ...{ clock, timers, parking, store, callResource, replies: new Map() },
    history: new History(store, clock, history),
    countTransition: (execution) => transitions.count(execution),
    get closing() {
      return lifetime.closing;
    },
    get children() {
      return children;
    },
  };
  const executions = new Executions(db);
  const definitions = new Definitions(db);
  const engine = new Engine(runtime, executions, definitions, (execution) => children.notify(execution));
  const children = new Children(engine, executions, parking);
  const callbacks = new Callbacks(runtime, engine, executions);
  const shutDown = (): void => {
    lifetime.closing = true;
    engine.suspendAll();
    timers.close();
    store.close();
  };
  return { runtime, engine, executions, definitions, callbacks, transitions: transitions.byMachine, shutDown };
}
