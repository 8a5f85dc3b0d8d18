import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { taskContracts } from '../shared/contracts/catalog.ts';
import { fulfillmentWaits, orderWaits, returnWaits } from '../shared/model/waits.ts';
import { diagramOf } from './diagram.ts';
import { machineNames, readMachine, taskNameOf, taskStates, type TaskState, textOf } from './machines.ts';

/** What a process's own waits may answer as an error (`shared/model/waits.ts`). */
const waitErrors = ['routing-needed', 'capture-due', 'return-closed'];
/** Refusals that trying again can mend. */
const mendable = ['provider-unavailable'];

const contractOf = (state: TaskState) => {
  const contract = taskContracts.find(({ name }) => name === taskNameOf(state));
  if (contract === undefined) throw new Error(`no task contract is named ${taskNameOf(state)}`);
  return contract;
};

const namesIn = (rules: readonly { readonly ErrorEquals: readonly string[] }[] = []): string[] =>
  rules.flatMap(({ ErrorEquals }) => ErrorEquals);

describe.each(machineNames)('the process %s', (name) => {
  const machine = readMachine(name);
  const tasks = taskStates(machine);

  it('is valid Amazon States Language', () => {
    const { errors } = validate(JSON.parse(textOf(name, `${name}.asl.json`)) as object);
    expect(errors).toEqual([]);
  }, 20_000);

  it('reaches every state', () => {
    const targets = diagramOf(machine)
      .split('\n')
      .flatMap((line) => /--> (\w+)/.exec(line)?.[1] ?? []);
    expect(new Set(targets)).toEqual(new Set(Object.keys(machine.States)));
  });

  it('is drawn in its README as it is', () => {
    expect(textOf(name, 'README.md')).toContain('```mermaid\n' + diagramOf(machine) + '\n```');
  });

  it('explains every timeout and every way out in its README', () => {
    const readme = textOf(name, 'README.md');
    for (const [state] of tasks) expect(readme).toContain(`| \`${state}\` |`);
  });

  it.each(tasks)('%s sends what its contract takes', (_name, state) => {
    const { input } = contractOf(state);
    if (!(input instanceof z.ZodObject)) throw new Error('a task takes an object');
    expect(new Set(Object.keys(state.Arguments.Payload))).toEqual(new Set(Object.keys(input.shape)));
  });

  it.each(tasks)('%s waits for a token exactly when its contract takes one', (_name, state) => {
    const sendsToken = state.Arguments.Payload['taskToken'] !== undefined;
    expect(state.Resource.endsWith('.waitForTaskToken')).toBe(sendsToken);
  });

  it.each(tasks)('%s retries what passes and never what a refusal says', (_name, state) => {
    const final = contractOf(state).refusals.filter((refusal) => !mendable.includes(refusal));
    const never = namesIn(state.Retry.filter(({ MaxAttempts }) => MaxAttempts === 0));
    expect(never).toEqual(expect.arrayContaining(final));
    const last = state.Retry.at(-1);
    expect(last).toMatchObject({ ErrorEquals: ['States.TaskFailed'], JitterStrategy: 'FULL' });
    // About an hour where failing would end the execution, minutes where another state takes over.
    const isCaught = namesIn(state.Catch).includes('States.ALL');
    expect(last?.MaxAttempts).toBeGreaterThanOrEqual(isCaught ? 8 : 30);
  });

  it.each(tasks)('%s names no error that cannot happen', (_name, state) => {
    const possible = [...contractOf(state).refusals, ...waitErrors];
    const named = [...namesIn(state.Retry), ...namesIn(state.Catch)].filter((error) => !error.startsWith('States.'));
    for (const error of named) expect(possible).toContain(error);
  });

  it.each(tasks.filter(([, state]) => state.HeartbeatSeconds !== undefined))(
    '%s does not retry silence',
    (_name, state) => {
      // AWS's States.TaskFailed stands for every error but States.Timeout, so silence would be waited for again.
      expect(state.Retry[0]).toMatchObject({ ErrorEquals: ['States.HeartbeatTimeout'], MaxAttempts: 0 });
    },
  );
});

it('waits only for what the table stream can answer', () => {
  const answered = [...Object.keys(orderWaits), ...Object.keys(returnWaits), ...Object.keys(fulfillmentWaits)];
  const waited = machineNames
    .flatMap((name) => taskStates(readMachine(name)))
    .flatMap(([, state]) => state.Arguments.Payload['until'] ?? []);
  expect(waited.length).toBeGreaterThan(0);
  for (const until of waited) expect(answered).toContain(until);
});
