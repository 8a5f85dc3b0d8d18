// Sends messages until it is killed, and prints each one after it was accepted.
import { openDatabase, openQueues, arnOf, queueNamed } from './test-queues.ts';

const sqs = openQueues(openDatabase(process.argv[2]));
sqs.define(queueNamed('orders'));
for (let index = 0; ; index++) {
  const bodies = Array.from({ length: 5 }, (_, part) => `${index}-${part}`);
  await Promise.all(bodies.map((body) => sqs.send(arnOf('orders'), body)));
  process.stdout.write(`${bodies.join('\n')}\n`);
}
