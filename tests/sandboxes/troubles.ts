import { type SandboxResponse } from './http-server.ts';

/** What can go wrong at an outside party, as a test or a demonstration asks for it. */
export class Troubles {
  private planned: SandboxResponse[] = [];
  private waitMs = 0;

  /** Gives the next `count` calls this answer, not having done them. */
  answer(response: SandboxResponse, count = 1): void {
    this.planned.push(...Array.from({ length: count }, () => response));
  }

  /** Holds every call this long. */
  slow(milliseconds: number): void {
    this.waitMs = milliseconds;
  }

  /** What goes wrong with the call at hand, if anything does. */
  async next(): Promise<SandboxResponse | undefined> {
    if (this.waitMs > 0) await new Promise((resolve) => setTimeout(resolve, this.waitMs));
    return this.planned.shift();
  }
}
