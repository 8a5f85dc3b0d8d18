import { AwsError, type AwsService, type JsonObject } from '../aws-service.ts';
import { runBatch } from './batch.ts';
import { type Queues } from './durable-queues.ts';
import { assertInRange, MAX_BATCH_ENTRIES } from './limits.ts';
import { md5OfAttributes, md5OfBody, messageBytes } from './message-md5.ts';
import { moveMessages } from './move-messages.ts';
import { queueAttributes } from './queue-attributes.ts';
import { type QueueRegistry } from './queue-registry.ts';
import { receivedMessage } from './received-message.ts';
import { type MessageRequest, parseRequest, requests } from './requests.ts';

const MAX_WAIT_SECONDS = 20;

type Operation = (input: JsonObject) => Promise<JsonObject>;

/** The AWS JSON 1.0 protocol of SQS over the twin's queues. */
export class SqsService implements AwsService {
  readonly target = 'AmazonSQS';
  readonly #queues: Queues;
  readonly #registry: QueueRegistry;
  readonly #operations: Record<string, Operation> = {
    SendMessage: (input) => this.#send(input),
    SendMessageBatch: (input) => this.#sendBatch(input),
    ReceiveMessage: (input) => this.#receive(input),
    DeleteMessage: (input) => this.#delete(input),
    DeleteMessageBatch: (input) => this.#deleteBatch(input),
    ChangeMessageVisibility: (input) => this.#changeVisibility(input),
    ChangeMessageVisibilityBatch: (input) => this.#changeVisibilityBatch(input),
    GetQueueUrl: (input) => Promise.resolve(this.#queueUrl(input)),
    GetQueueAttributes: (input) => Promise.resolve(this.#attributes(input)),
    PurgeQueue: (input) => this.#purge(input),
    ListQueues: (input) => Promise.resolve(this.#list(input)),
    StartMessageMoveTask: (input) => this.#move(input),
  };

  constructor(queues: Queues, registry: QueueRegistry) {
    this.#queues = queues;
    this.#registry = registry;
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    const run = this.#operations[operation];
    if (!run) throw new AwsError('UnsupportedOperation', `The twin's SQS has no operation ${operation}.`);
    return run(input);
  }

  async #send(input: JsonObject): Promise<JsonObject> {
    const request = parseRequest(requests.SendMessage, input);
    return this.#sendOne(this.#arn(request.QueueUrl), request);
  }

  async #sendOne(arn: string, message: MessageRequest): Promise<JsonObject> {
    const sent = await this.#queues.send(arn, message.MessageBody, message.MessageAttributes, {
      delaySeconds: message.DelaySeconds,
      groupId: message.MessageGroupId,
      deduplicationId: message.MessageDeduplicationId,
      systemAttributes: message.MessageSystemAttributes,
    });
    return {
      MessageId: sent.messageId,
      SequenceNumber: sent.sequenceNumber,
      MD5OfMessageBody: md5OfBody(message.MessageBody),
      MD5OfMessageAttributes: md5OfAttributes(message.MessageAttributes ?? {}),
      MD5OfMessageSystemAttributes: md5OfAttributes(message.MessageSystemAttributes ?? {}),
    };
  }

  async #sendBatch(input: JsonObject): Promise<JsonObject> {
    const request = parseRequest(requests.SendMessageBatch, input);
    const arn = this.#arn(request.QueueUrl);
    const bytesOf = (message: MessageRequest): number => messageBytes(message.MessageBody, message.MessageAttributes);
    return runBatch(request.Entries, (entry) => this.#sendOne(arn, entry), bytesOf);
  }

  async #receive(input: JsonObject): Promise<JsonObject> {
    const request = parseRequest(requests.ReceiveMessage, input);
    assertInRange('MaxNumberOfMessages', request.MaxNumberOfMessages, 1, MAX_BATCH_ENTRIES);
    assertInRange('WaitTimeSeconds', request.WaitTimeSeconds, 0, MAX_WAIT_SECONDS);
    const messages = await this.#queues.receive(this.#arn(request.QueueUrl), request.MaxNumberOfMessages ?? 1, {
      visibilityTimeoutSeconds: request.VisibilityTimeout,
      waitSeconds: request.WaitTimeSeconds,
    });
    if (messages.length === 0) return {};
    const systemNames = [...(request.MessageSystemAttributeNames ?? []), ...(request.AttributeNames ?? [])];
    const names = request.MessageAttributeNames ?? [];
    return { Messages: messages.map((message) => receivedMessage(message, systemNames, names)) };
  }

  async #delete(input: JsonObject): Promise<JsonObject> {
    const request = parseRequest(requests.DeleteMessage, input);
    await this.#queues.deleteBatch(this.#arn(request.QueueUrl), [request.ReceiptHandle]);
    return {};
  }

  async #deleteBatch(input: JsonObject): Promise<JsonObject> {
    const request = parseRequest(requests.DeleteMessageBatch, input);
    const arn = this.#arn(request.QueueUrl);
    return runBatch(request.Entries, async (entry) => {
      await this.#queues.deleteBatch(arn, [entry.ReceiptHandle]);
      return {};
    });
  }

  async #changeVisibility(input: JsonObject): Promise<JsonObject> {
    const request = parseRequest(requests.ChangeMessageVisibility, input);
    return this.#changeOne(this.#arn(request.QueueUrl), request.ReceiptHandle, request.VisibilityTimeout);
  }

  async #changeOne(arn: string, receiptHandle: string, seconds: number): Promise<JsonObject> {
    if (await this.#queues.changeVisibility(arn, receiptHandle, seconds)) return {};
    throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
  }

  async #changeVisibilityBatch(input: JsonObject): Promise<JsonObject> {
    const request = parseRequest(requests.ChangeMessageVisibilityBatch, input);
    const arn = this.#arn(request.QueueUrl);
    return runBatch(request.Entries, (entry) => this.#changeOne(arn, entry.ReceiptHandle, entry.VisibilityTimeout));
  }

  #queueUrl(input: JsonObject): JsonObject {
    const { QueueName } = parseRequest(requests.GetQueueUrl, input);
    return { QueueUrl: this.#registry.urlOf(this.#registry.byName(QueueName)) };
  }

  #attributes(input: JsonObject): JsonObject {
    const request = parseRequest(requests.GetQueueAttributes, input);
    const queue = this.#registry.byUrl(request.QueueUrl);
    return { Attributes: queueAttributes(queue, this.#queues.depth(queue.arn), request.AttributeNames ?? []) };
  }

  async #purge(input: JsonObject): Promise<JsonObject> {
    await this.#queues.purge(this.#arn(parseRequest(requests.PurgeQueue, input).QueueUrl));
    return {};
  }

  #list(input: JsonObject): JsonObject {
    const { QueueNamePrefix = '' } = parseRequest(requests.ListQueues, input);
    const listed = this.#registry.all().filter((queue) => queue.name.startsWith(QueueNamePrefix));
    return { QueueUrls: listed.map((queue) => this.#registry.urlOf(queue)) };
  }

  async #move(input: JsonObject): Promise<JsonObject> {
    const { SourceArn, DestinationArn } = parseRequest(requests.StartMessageMoveTask, input);
    await moveMessages(this.#queues, this.#registry, SourceArn, DestinationArn);
    return { TaskHandle: Buffer.from(SourceArn).toString('base64') };
  }

  #arn(queueUrl: string): string {
    return this.#registry.byUrl(queueUrl).arn;
  }
}
