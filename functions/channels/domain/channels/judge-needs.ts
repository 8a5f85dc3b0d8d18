import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ConnectorNeeds, type Need } from '../connector-needs.ts';

/** What a channel is told besides its common fields. */
export interface Told {
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly credentials: {
    readonly signing?: string | undefined;
    readonly values?: Readonly<Record<string, string>> | undefined;
  };
}

/** Checks that a channel is told all that its type needs and nothing that it does not know. Refusal: `invalid-request`, each field by its pointer. */
export function judgeNeeds(type: string, needs: ConnectorNeeds, { settings = {}, credentials }: Told): Result<true> {
  const errors = [
    ...faults('/settings', needs.settings, settings),
    ...faults('/credentials/values', needs.credentials, credentials.values ?? {}),
  ];
  if (errors.length === 0) return ok(true);
  const words = errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
  return refuse('invalid-request', `A channel of type ${type} cannot be spoken to with this: ${words}.`, { errors });
}

function faults(
  pointer: string,
  needs: Readonly<Record<string, Need>>,
  told: Readonly<Record<string, string>>,
): FieldError[] {
  const missing = Object.entries(needs).flatMap(([name, { required, what }]) =>
    required && told[name] === undefined ? [{ pointer: `${pointer}/${name}`, detail: `is needed: ${what}` }] : [],
  );
  const known = Object.keys(needs);
  const unknown = Object.keys(told)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      pointer: `${pointer}/${name}`,
      detail: known.length === 0 ? 'is nothing that this type knows' : `is none of ${known.join(', ')}`,
    }));
  return [...missing, ...unknown];
}
