import { type Audit, auditStock } from '../../functions/audit/domain/audit.ts';
import { type Repair, repairStock } from '../../functions/audit/domain/repair.ts';
import { type AuditPorts } from '../../functions/audit/ports.ts';
import { tableNames } from '../../shared/model/entities.ts';
import { tableVariable } from '../../shared/platform/config.ts';
import { type AuditArguments, helpText, parseAuditArguments } from './arguments.ts';
import { databaseOf } from './database.ts';
import { progressLine, words } from './words.ts';

/** `npm run audit`: looks at everything, repairs if it is asked to, and says what it found. Gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const parsed = parseAuditArguments(args);
    if (!parsed.help) return await run(parsed);
    process.stdout.write(helpText);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function run(parsed: AuditArguments): Promise<number> {
  const database = parsed.dataDir === undefined ? undefined : await databaseOf(parsed.dataDir);
  try {
    pointAt(parsed, database?.endpoint ?? parsed.endpoint);
    // The client of DynamoDB is made when it is imported: the environment must say where it is before that.
    const { awsPorts } = await import('../../functions/audit/adapters/ports.ts');
    const found = await look(awsPorts, parsed);
    const repairs = parsed.repair ? await repaired(awsPorts, found) : [];
    const audit = repairs.length > 0 ? await look(awsPorts, parsed) : found;
    process.stdout.write(
      parsed.json ? `${JSON.stringify({ ...audit, repairs }, undefined, 2)}\n` : words(audit, repairs),
    );
    return audit.holds ? 0 : 1;
  } finally {
    await database?.close();
  }
}

function look(ports: AuditPorts, { json }: AuditArguments): Promise<Audit> {
  const onProgress = json ? {} : { onProgress: (items: number) => process.stderr.write(progressLine(items)) };
  return auditStock(ports)({ now: new Date().toISOString(), ...onProgress });
}

async function repaired(ports: AuditPorts, { findings }: Audit): Promise<readonly Repair[]> {
  const call = { findings: findings.map(({ id }) => id), now: new Date().toISOString(), actor: 'npm run audit' };
  const outcome = await repairStock(ports)(call);
  if (!outcome.ok) throw new Error(outcome.refusal.detail);
  return outcome.value.repairs;
}

/** Tells the code of the functions where the tables are, as their environment does when they are deployed. */
function pointAt({ stage }: AuditArguments, endpoint: string | undefined): void {
  for (const table of tableNames) process.env[tableVariable(table)] = `crossdock-${stage}-${table}`;
  if (endpoint === undefined) return;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  });
}
