import { type Machine, type State } from './machines.ts';

/** The transitions of a definition as the lines of a mermaid state diagram: what its README shows, and a test compares. */
export function diagramOf({ StartAt, States }: Machine): string {
  const edges = Object.entries(States).flatMap(([name, state]) =>
    edgesOf(state).map(([to, why]) => edge(name, to, why)),
  );
  return ['stateDiagram-v2', edge('[*]', StartAt), ...edges].join('\n');
}

type Edge = readonly [to: string, why?: string];

const edge = (from: string, to: string, why?: string): string =>
  `  ${from} --> ${to}${why === undefined ? '' : `: ${why}`}`;

/** Why a catcher's way is taken, in the words of a reader; a catcher of everything is what is left after the ones before it. */
const spoken = (errors: readonly string[]): string =>
  errors.map((error) => (error === 'States.ALL' ? 'anything else' : error.replace('States.', ''))).join(', ');

function edgesOf(state: State): Edge[] {
  if (state.Type === 'Succeed') return [['[*]']];
  if (state.Type === 'Choice')
    return [...state.Choices.map(({ Condition, Next }): Edge => [Next, bare(Condition)]), [state.Default, 'else']];
  const onward: Edge = [state.Next ?? '[*]'];
  return [onward, ...(state.Catch ?? []).map(({ ErrorEquals, Next }): Edge => [Next, spoken(ErrorEquals)])];
}

/** `{% $states.input.open %}` → `open`. */
const bare = (condition: string): string => condition.replace(/^\{%\s*|\s*%\}$/g, '').replace('$states.input.', '');
