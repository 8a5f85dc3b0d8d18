import { type Audit, type ToldFinding } from '../../functions/audit/domain/audit.ts';
import { type Repair } from '../../functions/audit/domain/repair.ts';

/** How far it is; the next one is written over it. */
export const progressLine = (items: number): string => `\r${items.toLocaleString('en-US')} items looked at… `;

/** What an audit found, for a person. */
export function words(audit: Audit, repairs: readonly Repair[]): string {
  const { counts } = audit;
  const looked = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count.toLocaleString('en-US')} ${plain(kind)}`)
    .join(', ');
  return [
    `Looked at ${looked || 'nothing: the tables are empty'}.`,
    ...repairs.map(({ outcome, detail }) => `  ${outcome}: ${detail}`),
    ...audit.findings.flatMap(findingWords),
    ...(audit.unsettled > 0
      ? [`${audit.unsettled} differences changed with every look: ask again when it is calmer.`]
      : []),
    ...(audit.oversold > 0 ? [`${audit.oversold} units are promised and not there.`] : []),
    verdict(audit),
    '',
  ].join('\n');
}

const verdict = ({ holds, complete, findings }: Audit): string =>
  holds
    ? 'Every identity holds.'
    : complete
      ? `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}.`
      : 'Not everything was looked at: nothing is said about what adds up.';

function findingWords({ identity, meaning, subject, difference, evidence = [], remedy, id }: ToldFinding): string[] {
  const about = Object.entries(subject).map(([name, value]) => `${name} ${value}`);
  return [
    '',
    `${identity}: ${about.join(', ')} differs by ${difference > 0 ? '+' : ''}${difference}`,
    `  ${meaning}`,
    ...evidence.map(({ what, id: name, version, units }) => `  ${plain(what)} ${name} (version ${version}): ${units}`),
    `  ${remedy}`,
    `  id ${id}`,
  ];
}

/** `fulfillmentOrder` as words. */
const plain = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
