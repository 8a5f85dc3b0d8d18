import { eventually } from '../../shared/testing/eventually.ts';
import { type Paper, padded, wrapped } from './paper.ts';

/** How long a step of the story may take before it counts as failed. */
const deadlineMs = 60_000;
const labelWidth = 22;

/** An expectation of the story that did not hold. */
export class StoryBroken extends Error {}

/** Tells the story step by step, and holds it to what it says. */
export class Teller {
  readonly paper: Paper;
  #steps = 0;
  #expectations = 0;

  constructor(paper: Paper) {
    this.paper = paper;
  }

  /** How many expectations held so far. */
  get expectations(): number {
    return this.#expectations;
  }

  /** A heading over everything that follows. */
  title(text: string): void {
    const { paper } = this;
    paper.write('');
    paper.write(paper.look('bold', text));
    paper.write(paper.look('dim', '─'.repeat(paper.width)));
  }

  /** The next step: what happens, in a sentence. */
  step(text: string): void {
    this.#steps += 1;
    const [first = '', ...rest] = wrapped(text, this.paper.width - 4);
    this.paper.write('');
    this.paper.write(this.paper.look('cyan', padded(`${this.#steps}`, 4)) + this.paper.look('bold', first));
    for (const line of rest) this.paper.write(`    ${this.paper.look('bold', line)}`);
  }

  /** A fact under the present step. */
  fact(label: string, text: string): void {
    const lines = wrapped(text, this.paper.width - 4 - labelWidth);
    lines.forEach((line, index) =>
      this.paper.write(`    ${this.paper.look('dim', padded(index === 0 ? label : '', labelWidth))}${line}`),
    );
  }

  /** A value that changed. */
  change(label: string, before: string, after: string): void {
    this.fact(label, `${this.paper.look('dim', before)} → ${this.paper.look('yellow', after)}`);
  }

  /** Holds the story to something. @throws StoryBroken */
  expect(what: string, holds: boolean): void {
    if (!holds) throw new StoryBroken(`expected: ${what}`);
    this.#expectations += 1;
  }

  /**
   * Waits until `read` gives something other than `undefined`.
   * @param seen what was read last, for the message at the deadline
   * @throws StoryBroken at the deadline
   */
  async until<T>(what: string, read: () => Promise<T | undefined>, seen: () => unknown = () => undefined): Promise<T> {
    try {
      const value = await eventually(read, { deadlineMs, everyMs: 25, what });
      this.#expectations += 1;
      return value;
    } catch (error) {
      const last = seen();
      throw new StoryBroken(
        `expected within ${deadlineMs / 1000} s: ${what}${last === undefined ? '' : `\nlast seen: ${JSON.stringify(last)}`}`,
        { cause: error instanceof Error ? error.cause : error },
      );
    }
  }
}
