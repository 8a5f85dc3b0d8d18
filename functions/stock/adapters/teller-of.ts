import { type Teller } from '../domain/movements/move-line.ts';
import { type CallPart, permitOf } from './caller-of.ts';

/** Whoever calls, as one who tells movements: at all locations, or at the one that the key is bound to. */
export const tellerOf = ({ principal, now }: CallPart): Teller => ({
  caller: principal.id,
  actor: principal.name,
  now,
  permit: permitOf(principal),
});
