import * as z from 'zod';

const fault = z.strictObject({
  /** How many of the next requests it hits. */
  next: z.int().min(1).default(1),
  /** Answers with this status instead of running: an outage in front of the endpoint. */
  status: z.int().min(400).max(599).optional(),
  /** Runs at once and answers after so long. */
  delayMs: z.int().min(0).optional(),
  /** Runs and hangs up: the effect is there and the answer is lost. */
  dropAfterEffect: z.boolean().optional(),
  /** Only requests whose method and path contain this, e.g. `POST /v1/refunds`. */
  only: z.string().optional(),
});
/** What is to go wrong. */
export type Fault = z.input<typeof fault>;

/** Faults that wait for their requests, first come first. */
export class Faults {
  #waiting: { left: number; readonly fault: z.infer<typeof fault> }[] = [];

  /** @throws ZodError when it is no fault */
  add(given: unknown): void {
    const parsed = fault.parse(given);
    this.#waiting.push({ left: parsed.next, fault: parsed });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that hits this request, if any; it is used up. */
  take(request: string): z.infer<typeof fault> | undefined {
    const hit = this.#waiting.find(({ fault: { only } }) => only === undefined || request.includes(only));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return hit.fault;
  }
}
