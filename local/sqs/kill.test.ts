import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../../shared/testing/eventually.ts';
import { arnOf, openDatabase, openQueues, queueNamed } from './test-queues.ts';

it('has every message that a process killed with SIGKILL had accepted', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sqs-')), 'twin.db');
  const sender = spawn(process.execPath, [join(import.meta.dirname, 'test-sender.ts'), file]);
  let output = '';
  sender.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await eventually(() => (output.length > 20_000 ? true : undefined), { everyMs: 1 });
  sender.kill('SIGKILL');
  await once(sender, 'close');
  const accepted = output.slice(0, output.lastIndexOf('\n')).split('\n');
  const sqs = openQueues(openDatabase(file));
  sqs.define(queueNamed('orders'));
  const stored = new Set<string>();
  for (;;) {
    const messages = await sqs.receive(arnOf('orders'), 1_000);
    if (messages.length === 0) break;
    for (const message of messages) stored.add(message.body);
  }
  sqs.close();
  expect(accepted.filter((body) => !stored.has(body))).toEqual([]);
});
