import { AwsError } from '../aws-service.ts';
import { allows, type Need } from './policy.ts';
import { type Statement } from './statements.ts';

/** A call that a role does not allow. */
export interface AccessDenial {
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
}

/** Checks calls against the roles of their callers and keeps what it refused. Who is no function of the app may do anything. */
export class AccessGuard {
  readonly denied: AccessDenial[] = [];
  private readonly statementsOf: ReadonlyMap<string, readonly Statement[]>;
  private readonly granted = new Set<string>();

  /** `statementsOf`: what each caller (function name or role ARN) may do. */
  constructor(statementsOf: ReadonlyMap<string, readonly Statement[]>) {
    this.statementsOf = statementsOf;
  }

  /** Throws `AccessDeniedException`, naming caller, action and resource, for the first need that is not granted. */
  check(caller: string, needs: readonly Need[]): void {
    const statements = this.statementsOf.get(caller);
    if (!statements) return;
    for (const need of needs) {
      if (!this.isGranted(caller, statements, need)) throw this.refuse(caller, need);
    }
  }

  /** Records, as denied to `caller`, a need that a role does not grant, without throwing. */
  note(roleArn: string, caller: string, need: Need): void {
    const statements = this.statementsOf.get(roleArn) ?? [];
    if (!this.isGranted(roleArn, statements, need)) this.refuse(caller, need);
  }

  private isGranted(caller: string, statements: readonly Statement[], need: Need): boolean {
    const isPlain = !statements.some(({ leadingKeys }) => leadingKeys);
    const key = `${caller} ${need.action} ${need.resource}`;
    if (isPlain && this.granted.has(key)) return true;
    const isGranted = need.resource === 'any' ? allowsSomewhere(statements, need) : allows(statements, need);
    if (isPlain && isGranted) this.granted.add(key);
    return isGranted;
  }

  private refuse(caller: string, { action, resource }: Need): AwsError {
    this.denied.push({ caller, action, resource });
    const because = `because no identity-based policy allows the ${action} action`;
    return new AwsError(
      'AccessDeniedException',
      `${caller} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
    );
  }
}

/** For a call that does not name its resource: a right on any will do. */
function allowsSomewhere(statements: readonly Statement[], need: Need): boolean {
  const resources = statements.flatMap((statement) => statement.resources);
  return resources.some((resource) => allows(statements, { ...need, resource }));
}
