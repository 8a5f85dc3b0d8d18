import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Sqs } from './sqs.ts';
import { serveForTest, testClientConfig, type TestEndpoint } from './test-endpoint.ts';
import { arnOf, openDatabase, openQueues, queueNamed } from './test-queues.ts';

let endpoint: TestEndpoint;
let client: SQSClient;
let sqs: Sqs;
const QueueUrl = 'http://127.0.0.1:1/000000000000/orders';

beforeAll(async () => {
  endpoint = await serveForTest(() => sqs.service);
  client = new SQSClient({ ...testClientConfig(endpoint.url), useQueueUrlAsEndpoint: false });
});
beforeEach(() => {
  sqs = openQueues(openDatabase());
  sqs.define(queueNamed('orders', { redrive: { deadLetterArn: arnOf('dead'), maxReceiveCount: 1 } }));
  sqs.define(queueNamed('dead'));
});
afterAll(() => endpoint.close());

it('passes the SDK checks of the MD5 of body and attributes both ways', async () => {
  const MessageAttributes = {
    zone: { DataType: 'String', StringValue: 'Zürich' },
    amount: { DataType: 'Number.int', StringValue: '42' },
    blob: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
  };
  const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'grüezi', MessageAttributes }));
  // The digest of the SQS developer guide's algorithm, computed by hand for one attribute in message-md5.test.ts.
  expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
  const received = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }),
  );
  const [message] = received.Messages ?? [];
  expect(message).toMatchObject({ Body: 'grüezi', MessageId: sent.MessageId, MessageAttributes });
  expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  expect(message?.Attributes?.ApproximateReceiveCount).toBe('1');
});

it('answers batches entry by entry', async () => {
  const Entries = ['a', 'b', 'c'].map((Id) => ({ Id, MessageBody: `body ${Id}` }));
  const sent = await client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [...Entries, { Id: 'd', MessageBody: 'late', DelaySeconds: 9999 }],
    }),
  );
  expect(sent.Successful?.map((entry) => entry.Id)).toEqual(['a', 'b', 'c']);
  expect(sent.Failed).toMatchObject([{ Id: 'd', Code: 'InvalidParameterValue', SenderFault: true }]);
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages).toHaveLength(3);
  const deleted = await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [
        ...Messages.map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle })),
        { Id: 'bad', ReceiptHandle: 'nonsense' },
      ],
    }),
  );
  expect(deleted.Successful).toHaveLength(3);
  expect(deleted.Failed).toMatchObject([{ Id: 'bad', Code: 'ReceiptHandleIsInvalid' }]);
});

it('names the SDK error classes', async () => {
  const entries = Array.from({ length: 11 }, (_, index) => ({ Id: String(index), MessageBody: 'x' }));
  await expect(client.send(new GetQueueUrlCommand({ QueueName: 'missing' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
  await expect(client.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries }))).rejects.toMatchObject({
    name: 'TooManyEntriesInBatchRequest',
  });
  await expect(client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [] }))).rejects.toMatchObject({
    name: 'EmptyBatchRequest',
  });
});

it('long polls, and tells the URL, the attributes and the list of queues', async () => {
  const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'wake up' }));
  expect((await waiting).Messages).toHaveLength(1);
  const { QueueUrl: url } = await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }));
  expect(url).toBe('http://127.0.0.1:4566/000000000000/orders');
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1', QueueArn: arnOf('orders') });
  expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(2);
  await client.send(new PurgeQueueCommand({ QueueUrl }));
  expect(sqs.depth(arnOf('orders')).inFlight).toBe(0);
});

it('moves dead letters back to their source queue', async () => {
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
  const ReceiptHandle = Messages[0]?.ReceiptHandle;
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  expect(sqs.depth(arnOf('dead')).visible).toBe(1);
  await client.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead') }));
  expect(sqs.depth(arnOf('dead')).visible).toBe(0);
  const { Messages: back = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(back[0]?.Body).toBe('poison');
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: back[0]?.ReceiptHandle }));
  expect(sqs.depth(arnOf('orders'))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});
