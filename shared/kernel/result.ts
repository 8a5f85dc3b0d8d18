import { type Refusal, type RefusalCode } from './refusal.ts';

/** What a use case answers: its value, or an expected refusal. Broken assumptions are thrown instead. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** A success that carries `value`. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/**
 * An expected refusal.
 * @param code one of the closed list; it decides the HTTP status and the error name that a state machine catches
 * @param detail one sentence for a person: what was wrong and what to do about it
 * @param more facts (what is left, which version is current) and field errors (JSON pointers)
 */
export const refuse = (code: RefusalCode, detail: string, more: Omit<Refusal, 'code' | 'detail'> = {}) =>
  ({ ok: false, refusal: { code, detail, ...more } }) as const;
