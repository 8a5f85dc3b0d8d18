import { fieldErrors } from '../../../../shared/contracts/field-errors.ts';
import { type MovementLine, movementLine } from '../../../../shared/contracts/stock/movement-apis.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { fingerprintOf, reused } from './move-line.ts';

/** By how much a till's clock may be ahead of ours. */
const clockSkewSeconds = 60;
/** More errors than these of one line say no more. */
const mostErrors = 10;

/**
 * Reads the lines of a call, each on its own and in their order. Refusals, with pointers into the body: `invalid-request` for one that is
 * no movement, or one of the future; `reference-reused` for one whose reference an earlier line of the call has for something else.
 */
export function readLines(lines: readonly unknown[], now: string): Result<MovementLine>[] {
  const seen = new Map<string, string>();
  return lines.map((line, index) => {
    const read = readLine(line, now, `/lines/${index}`);
    if (!read.ok) return read;
    const key = JSON.stringify([read.value.operation, read.value.reference]);
    const fingerprint = fingerprintOf(read.value);
    if ((seen.get(key) ?? fingerprint) !== fingerprint) return doubled(read.value, index);
    seen.set(key, fingerprint);
    return read;
  });
}

function readLine(line: unknown, now: string, pointer: string): Result<MovementLine> {
  const read = movementLine.safeParse(line);
  const errors = read.success ? futureOf(read.data, now, pointer) : fieldErrors(read, pointer).slice(0, mostErrors);
  if (read.success && errors.length === 0) return ok(read.data);
  return refuse(
    'invalid-request',
    `This line is no movement: ${errors.map((error) => `${error.pointer.slice(pointer.length) || 'it'} ${error.detail}`).join('; ')}.`,
    {
      errors,
    },
  );
}

const futureOf = ({ occurredAt }: MovementLine, now: string, pointer: string) =>
  occurredAt !== undefined && Date.parse(occurredAt) > Date.parse(plusSeconds(now, clockSkewSeconds))
    ? [{ pointer: `${pointer}/occurredAt`, detail: `must not be in the future: it is ${now}` }]
    : [];

const doubled = (line: MovementLine, index: number): Result<MovementLine> => {
  const { ok: _ok, refusal } = reused(line, 'by an earlier line of this call');
  const errors = [{ pointer: `/lines/${index}/reference`, detail: 'is that of an earlier line' }];
  return { ok: false, refusal: { ...refusal, errors } };
};
