import { type State } from './definition.ts';
import { type RunFrame } from './fan-out.ts';
import { type Frame } from './frame.ts';
import { runChoice } from './states/choice.ts';
import { runFail } from './states/fail.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runTask } from './states/task.ts';
import { runWait } from './states/wait.ts';
import { leave, type Transition } from './transition.ts';

/** Makes one attempt at a state; `runFrame` runs the branches that it may have. */
export function runState(frame: Frame, state: State, runFrame: RunFrame): Promise<Transition> {
  switch (state.Type) {
    case 'Pass':
    case 'Succeed':
      return leave(frame, state, frame.cursor.input);
    case 'Fail':
      return runFail(frame, state);
    case 'Choice':
      return runChoice(frame, state);
    case 'Wait':
      return runWait(frame, state);
    case 'Task':
      return runTask(frame, state);
    case 'Parallel':
      return runParallel(frame, state, runFrame);
    case 'Map':
      return runMap(frame, state, runFrame);
  }
}
