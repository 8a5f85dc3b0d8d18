import { expect } from 'vitest';
import { type FaultOptions } from '../../local/faults/faulty-dynamodb.ts';
import { type ApiAnswer, type ApiClient, apiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { patientClient } from '../testing/patient.ts';
import { stepsOf } from '../testing/steps.ts';

/** A running Crossdock that the suite tries: its own on the twin, or any other by its address. */
export interface Place {
  /** Repeats under the same key until it is answered, as a careful client does. */
  readonly api: ApiClient;
  readonly steps: ReturnType<typeof stepsOf>;
  /** How many buyers come at once, at most. */
  readonly crowd: number;
  /** Nothing is oversold, nothing leaked, every identity holds, once everything under way has settled. */
  booksAgree(): Promise<void>;
  /** How many faults DynamoDB dealt so far. */
  readonly faults: () => number;
  /** Ends the holds whose time is over. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** Where another Crossdock is, from the environment: `npm run concurrency -- --url … --key …` sets it. */
const elsewhere = (): { url: string; key: string } | undefined => {
  const { CROSSDOCK_URL: url, CROSSDOCK_API_KEY: key } = process.env;
  return url !== undefined && key !== undefined ? { url, key } : undefined;
};

/** True when the suite is pointed at a Crossdock that is not its own: no faults can be dealt there. */
export const isElsewhere = (): boolean => elsewhere() !== undefined;

const answerWithinMs = 120_000;
const settleWithinMs = 150_000;
/** A schedule sweeps holds every half minute. */
const sweepWithinMs = 90_000;

/** The place that the suite is pointed at; its own twin by default. */
export async function openPlace(
  options: { readonly faults?: FaultOptions; readonly crowd?: number } = {},
): Promise<Place> {
  const other = elsewhere();
  if (other) return await remotePlace(other, options.crowd ?? 200);
  const app = await startApp({ redeliverySeconds: 1, ...(options.faults && { faults: options.faults }) });
  return ownPlace(app, options.crowd ?? 1000);
}

function patient(url: string, key: string): ApiClient {
  const client = patientClient(apiClient(url, key), answerWithinMs);
  return (contract, input) => client.call(contract, input);
}

async function remotePlace(
  { url, key }: { readonly url: string; readonly key: string },
  crowd: number,
): Promise<Place> {
  const api = patient(url, key);
  // What others owe there before is theirs; a till may have sold what was not on the books.
  const { oversold } = mustSucceed(await api(auditStock));
  return {
    api,
    steps: stepsOf(api),
    crowd,
    booksAgree: () => agreed(api, oversold),
    faults: () => 0,
    // Its own schedule does it.
    sweep: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function ownPlace(app: App, crowd: number): Place {
  const api = patient(app.url, app.apiKey);
  return {
    api,
    steps: stepsOf(api),
    crowd,
    booksAgree: async () => {
      await app.twin.idle(settleWithinMs);
      await agreed(api);
    },
    faults: () => Object.values(app.twin.faults?.dealt ?? {}).reduce((sum, count) => sum + count, 0),
    sweep: async () => {
      await app.twin.invoke('crossdock-local-holds-expire-holds', {});
    },
    close: async () => {
      const denied = [...app.twin.accessDenied];
      await app.stop();
      expect(denied).toEqual([]);
    },
  };
}

async function agreed(api: ApiClient, before = 0): Promise<void> {
  const audit = async () => {
    const answer = await api(auditStock);
    return answer.ok && answer.body.holds && answer.body.oversold <= before ? answer.body : undefined;
  };
  await eventually(audit, { what: 'books that agree', deadlineMs: settleWithinMs }).catch(async (cause: unknown) => {
    throw new Error(`the books do not agree: ${JSON.stringify(await api(auditStock))}`, { cause });
  });
}

/** Waits until a hold has ended: by the sweep, or by the place's own schedule. */
export async function swept(place: Place, isOver: () => Promise<boolean>): Promise<void> {
  await eventually(
    async () => {
      await place.sweep();
      return (await isOver()) ? true : undefined;
    },
    { what: 'holds that end', deadlineMs: sweepWithinMs, everyMs: 250 },
  );
}

/** The bodies of answers that were successes. */
export const accepted = <T>(answers: readonly ApiAnswer<T>[]): T[] =>
  answers.flatMap((answer) => (answer.ok ? [answer.body] : []));
/** The problems of answers that were refusals. */
export const refused = (answers: readonly ApiAnswer<unknown>[]) =>
  answers.flatMap((answer) => (answer.ok ? [] : [answer.problem]));
/** 0, 1, 2… */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
