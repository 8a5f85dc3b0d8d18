import { randomUUID } from 'node:crypto';
import * as z from 'zod';

const address = z.tuple([z.number(), z.string(), z.string()]);

/** A token says where its task is, so that no index of tokens has to be kept. Opaque to everyone else. */
export function newTaskToken(executionId: number, path: string): string {
  return Buffer.from(JSON.stringify([executionId, path, randomUUID()])).toString('base64url');
}

/** Where the task of a token is; `undefined` if it is no token of ours. */
export function taskAddress(token: string): { executionId: number; path: string } | undefined {
  try {
    const [executionId, path] = address.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
    return { executionId, path };
  } catch {
    return undefined;
  }
}
