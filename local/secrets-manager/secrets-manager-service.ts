import { AwsError, type AwsService, type JsonObject } from '../aws-service.ts';
import { type Locality } from '../iam/locality.ts';
import { parseRequest, requests, type SecretContent } from './requests.ts';
import { type SealedFile } from './sealed-file.ts';
import {
  current,
  newArn,
  type NewVersion,
  type SecretVersion,
  type StoredSecret,
  storedSecret,
  withVersion,
} from './stored-secret.ts';

/** What the service stands on. */
export interface SecretsManagerOptions {
  readonly file: SealedFile;
  readonly locality: Locality;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

type Operation = (input: JsonObject) => JsonObject | Promise<JsonObject>;
const dayMs = 86_400_000;
const usualRecoveryDays = 30;
const seconds = (ms: number): number => ms / 1000;

/** The AWS JSON 1.1 protocol of Secrets Manager. What is answered is on disk. */
export class SecretsManagerService implements AwsService {
  readonly target = 'secretsmanager';
  readonly #options: SecretsManagerOptions;
  readonly #operations: Readonly<Record<string, Operation>> = {
    CreateSecret: (input) => this.#create(input),
    PutSecretValue: (input) => this.#put(input),
    UpdateSecret: (input) => this.#update(input),
    GetSecretValue: (input) => this.#value(input),
    DescribeSecret: (input) => this.#describe(input),
    DeleteSecret: (input) => this.#delete(input),
    RestoreSecret: (input) => this.#restore(input),
  };

  constructor(options: SecretsManagerOptions) {
    this.#options = options;
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    const run = this.#operations[operation];
    if (!run) throw new AwsError('UnsupportedOperation', `The twin's Secrets Manager has no operation ${operation}.`);
    return await run(input);
  }

  #create(input: JsonObject): JsonObject {
    const {
      Name: name,
      Description: description,
      ClientRequestToken: token,
      ...content
    } = parseRequest(requests.CreateSecret, input);
    const now = this.#now();
    const present = this.#stored(name);
    if (present?.deletion) throw markedForDeletion(name);
    if (present !== undefined) return named(present, repeated(present, token, content));
    const bare: StoredSecret = {
      name,
      arn: newArn(name, this.#options.locality),
      ...(description !== undefined && { description }),
      createdAt: now,
      changedAt: now,
      versions: [],
    };
    if (!hasContent(content)) return named(this.#save(bare));
    const { secret, version } = withVersion(bare, { token, ...content }, now);
    return named(this.#save(secret), version);
  }

  #put(input: JsonObject): JsonObject {
    const {
      SecretId,
      ClientRequestToken: token,
      VersionStages: stages,
      ...content
    } = parseRequest(requests.PutSecretValue, input);
    if (!hasContent(content))
      throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    const { secret, version } = this.#add(this.#usable(SecretId), { token, stages, ...content });
    return { ...named(secret, version), VersionStages: version.stages };
  }

  #update(input: JsonObject): JsonObject {
    const { SecretId, ClientRequestToken: token, Description, ...content } = parseRequest(requests.UpdateSecret, input);
    const usable = this.#usable(SecretId);
    const described =
      Description === undefined ? usable : this.#save({ ...usable, description: Description, changedAt: this.#now() });
    if (!hasContent(content)) return named(described);
    const { secret, version } = this.#add(described, { token, ...content });
    return named(secret, version);
  }

  #value(input: JsonObject): JsonObject {
    const { SecretId, VersionId: id, VersionStage: stage } = parseRequest(requests.GetSecretValue, input);
    const secret = this.#usable(SecretId);
    const wanted = stage ?? (id === undefined ? current : undefined);
    const version = secret.versions.find(
      (one) => (id === undefined || one.id === id) && (wanted === undefined || one.stages.includes(wanted)),
    );
    if (version === undefined)
      throw new AwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for ${id === undefined ? `staging label: ${wanted}` : `VersionId: ${id}`}`,
      );
    const { stages, createdAt, id: _id, ...content } = version;
    return { ...named(secret, version), ...content, VersionStages: stages, CreatedDate: seconds(createdAt) };
  }

  #describe(input: JsonObject): JsonObject {
    const { name, arn, description, createdAt, changedAt, deletion, versions } = this.#found(
      parseRequest(requests.DescribeSecret, input).SecretId,
    );
    const labelled = versions.filter(({ stages }) => stages.length > 0);
    return {
      ARN: arn,
      Name: name,
      Description: description,
      CreatedDate: seconds(createdAt),
      LastChangedDate: seconds(changedAt),
      DeletedDate: deletion && seconds(deletion.markedAt),
      VersionIdsToStages: Object.fromEntries(labelled.map(({ id, stages }) => [id, stages])),
    };
  }

  #delete(input: JsonObject): JsonObject {
    const {
      SecretId,
      RecoveryWindowInDays: days,
      ForceDeleteWithoutRecovery: force = false,
    } = parseRequest(requests.DeleteSecret, input);
    if (force && days !== undefined)
      throw new AwsError(
        'InvalidParameterException',
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
      );
    const markedAt = this.#now();
    if (force) return this.#deleteAtOnce(SecretId, markedAt);
    const goesAt = markedAt + (days ?? usualRecoveryDays) * dayMs;
    const secret = this.#save({ ...this.#usable(SecretId), deletion: { markedAt, goesAt } });
    return { ...named(secret), DeletionDate: seconds(goesAt) };
  }

  /** One that is not there is no error: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
  #deleteAtOnce(secretId: string, now: number): JsonObject {
    const secret = this.#stored(secretId);
    if (secret) this.#options.file.delete(secret.name);
    return { ...(secret ? named(secret) : { Name: secretId }), DeletionDate: seconds(now) };
  }

  #restore(input: JsonObject): JsonObject {
    const { deletion: _over, ...secret } = this.#found(parseRequest(requests.RestoreSecret, input).SecretId);
    return named(this.#save(secret));
  }

  #add(secret: StoredSecret, added: NewVersion): ReturnType<typeof withVersion> {
    const next = withVersion(secret, added, this.#now());
    if (next.secret !== secret) this.#save(next.secret);
    return next;
  }

  #save(secret: StoredSecret): StoredSecret {
    this.#options.file.put(secret.name, JSON.stringify(secret));
    return secret;
  }

  /** By name or ARN; one whose time to recover is over is gone. */
  #stored(secretId: string): StoredSecret | undefined {
    const name = /^arn:aws:secretsmanager:[^:]*:[^:]*:secret:(.+?)(?:-[A-Za-z0-9]{6})?$/.exec(secretId)?.[1];
    const text = this.#options.file.get(name ?? secretId);
    if (text === undefined) return undefined;
    const secret = storedSecret.parse(JSON.parse(text));
    if (secret.deletion && secret.deletion.goesAt <= this.#now()) return undefined;
    return secret;
  }

  #found(secretId: string): StoredSecret {
    const secret = this.#stored(secretId);
    if (secret) return secret;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  #usable(secretId: string): StoredSecret {
    const secret = this.#found(secretId);
    if (!secret.deletion) return secret;
    throw new AwsError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

const hasContent = ({ SecretString, SecretBinary }: SecretContent): boolean =>
  SecretString !== undefined || SecretBinary !== undefined;

const named = ({ arn, name }: StoredSecret, version?: SecretVersion): JsonObject => ({
  ARN: arn,
  Name: name,
  ...(version && { VersionId: version.id }),
});

/** The version that a repeated creation made; any other creation under a name that is taken is refused. */
function repeated(present: StoredSecret, token: string | undefined, content: SecretContent): SecretVersion {
  const version = present.versions.find(({ id }) => id === token);
  if (version?.SecretString === content.SecretString && version?.SecretBinary === content.SecretBinary && version)
    return version;
  throw new AwsError(
    'ResourceExistsException',
    `The operation failed because the secret ${present.name} already exists.`,
  );
}

const markedForDeletion = (name: string): AwsError =>
  new AwsError(
    'InvalidRequestException',
    `You can't create this secret because a secret with this name is already scheduled for deletion: ${name}.`,
  );
