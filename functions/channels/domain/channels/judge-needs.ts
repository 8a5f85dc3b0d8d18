import { pointerPart } from '../../../../shared/contracts/field-errors.ts';
import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { addressFault } from '../../../../shared/kernel/web-address.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ConnectorNeeds, type Need, settingOf } from '../connector-needs.ts';

type Needs = Readonly<Record<string, Need>>;
type Told = Readonly<Record<string, string>>;

/** What is wrong with the settings of a channel: what its type needs and lacks, does not know, or cannot be so. */
export const settingFaults = (
  { settings: needs }: ConnectorNeeds,
  { settings: told = {}, endpoint }: Pick<Channel, 'settings' | 'endpoint'>,
): FieldError[] => [
  ...Object.entries(needs).flatMap(([name, need]) =>
    (need.required || (need.orEndpoint === true && endpoint.kind === 'none')) && told[name] === undefined
      ? missing('/settings', name, need)
      : [],
  ),
  ...unknownNames('/settings', needs, Object.keys(told)),
  ...Object.entries(told).flatMap(([name, value]) => valueFaults(`/settings/${pointerPart(name)}`, needs[name], value)),
];

/** What is wrong with all credentials that a channel has, as its type needs them by its settings. */
export function credentialFaults(needs: ConnectorNeeds, told: Told = {}, settings: Told = {}): FieldError[] {
  const isRequired = ({ required, requiredWith: other }: Need): boolean =>
    required || (other !== undefined && settingOf({ settings }, needs, other.setting) === other.value);
  return [
    ...Object.entries(needs.credentials).flatMap(([name, need]) =>
      isRequired(need) && told[name] === undefined ? missing(credentialValues, name, need) : [],
    ),
    ...setFaults(needs, told),
    ...unknownNames(credentialValues, needs.credentials, Object.keys(told)),
    ...wrongValues(credentialValues, needs, told),
  ];
}

/** Credentials that cannot be so, whatever else is there. @param at where they are in the request */
export const wrongValues = (at: string, { credentialFaults: faultsOf }: ConnectorNeeds, told: Told): FieldError[] =>
  Object.entries(faultsOf?.(told) ?? {}).map(([name, detail]) => ({ pointer: `${at}/${name}`, detail }));

/** Names that a type does not know, each with those that it does. @param at where they are in the request */
export function unknownNames(at: string, needs: Needs, names: readonly string[]): FieldError[] {
  const known = Object.keys(needs);
  const detail =
    known.length === 0 ? 'is nothing that this type knows: leave it out' : `is none of ${known.join(', ')}`;
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ pointer: `${at}/${pointerPart(name)}`, detail }));
}

const credentialValues = '/credentials/values';

const missing = (at: string, name: string, { what }: Need): FieldError[] => [
  { pointer: `${at}/${name}`, detail: `is needed: ${what}` },
];

/** The set that most is there of is the one that was meant: what it lacks is named, and the others are told. */
function setFaults({ credentialSets: sets = [], credentials }: ConnectorNeeds, told: Told): FieldError[] {
  const lacks = sets.map((set) => set.filter((name) => told[name] === undefined));
  const share = (index: number): number => 1 - (lacks[index]?.length ?? 0) / (sets[index]?.length ?? 1);
  const [meant = 0] = sets.map((_, index) => index).sort((a, b) => share(b) - share(a));
  const alternatives = sets.map((set) => set.join(' with ')).join(', or ');
  if (sets.length === 0 || lacks.some((names) => names.length === 0)) return [];
  return (lacks[meant] ?? []).map((name) => ({
    pointer: `${credentialValues}/${name}`,
    detail: `is needed (${alternatives}): ${credentials[name]?.what ?? ''}`,
  }));
}

function valueFaults(pointer: string, need: Need | undefined, value: string): FieldError[] {
  if (need?.oneOf?.includes(value) === false) return [{ pointer, detail: `must be one of ${need.oneOf.join(', ')}` }];
  const fault = need?.form === 'url' ? addressFault(value) : undefined;
  return fault === undefined ? [] : [{ pointer, detail: fault }];
}
