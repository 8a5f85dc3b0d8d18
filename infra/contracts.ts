import { type ApiContract } from '../shared/contracts/define-api.ts';
import { type TaskContract } from '../shared/contracts/define-task.ts';

/** The names in a module of contracts that stand for a contract of kind `C`; the rest of it are fields and lists. */
export type NamesOf<Module, C> = { [Name in keyof Module]: Module[Name] extends C ? Name : never }[keyof Module] &
  string;

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);

/** True for a route's contract. */
export const isApi = (value: unknown): value is ApiContract => has(value, 'id', 'method', 'path', 'scope');
/** True for a task's contract. */
export const isTask = (value: unknown): value is TaskContract => has(value, 'name', 'input', 'output', 'refusals');

/** `captureOrder` → `capture-order`: the file and the physical name of a contract's handler. */
export const kebab = (id: string): string => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
