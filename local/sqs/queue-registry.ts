import { AwsError } from '../aws-service.ts';
import { type QueueDefinition } from './queue.ts';

/** The declared queues, found by ARN, URL or name. */
export class QueueRegistry {
  readonly #byName = new Map<string, QueueDefinition>();
  readonly #urlPrefix: string;

  constructor(baseUrl: string, accountId: string) {
    this.#urlPrefix = `${baseUrl.replace(/\/$/, '')}/${accountId}/`;
  }

  add(queue: QueueDefinition): void {
    this.#byName.set(queue.name, queue);
  }

  all(): QueueDefinition[] {
    return [...this.#byName.values()];
  }

  urlOf(queue: QueueDefinition): string {
    return this.#urlPrefix + queue.name;
  }

  /** Throws AwsError `QueueDoesNotExist`. */
  byName(name: string): QueueDefinition {
    const queue = this.#byName.get(name);
    if (!queue) throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${name}`);
    return queue;
  }

  /** By the ARN's last part. Throws AwsError `QueueDoesNotExist`. */
  byArn(arn: string): QueueDefinition {
    return this.byName(arn.slice(arn.lastIndexOf(':') + 1));
  }

  /** By the URL's last part, so that a URL of an earlier run with another port still works. Throws `QueueDoesNotExist`. */
  byUrl(url: string): QueueDefinition {
    return this.byName(url.slice(url.lastIndexOf('/') + 1));
  }

  /** The queues whose dead letters go to `deadLetterArn`. */
  sourcesOf(deadLetterArn: string): QueueDefinition[] {
    return this.all().filter((queue) => queue.redrive?.deadLetterArn === deadLetterArn);
  }
}
