import { randomUUID } from 'node:crypto';
import { type SandboxResponse } from '../http-server.ts';

/** What TikTok answers to a call that it took: `data` in its envelope. */
export const done = (data: unknown): SandboxResponse => ({
  status: 200,
  body: { code: 0, message: 'Success', request_id: randomUUID(), data },
});

/** What it answers to one that it did not take. */
export const failed = (status: number, code: number, message: string): SandboxResponse => ({
  status,
  body: { code, message, request_id: randomUUID(), data: null },
  ...(status === 429 && { headers: { 'retry-after': '3' } }),
});

/** Anything that the shop has, by its fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** A call as the parts of the sandbox see it: method and path together. */
export interface ShopRequest {
  readonly route: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}
