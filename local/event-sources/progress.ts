interface Step {
  readonly position: string;
  done: boolean;
}

/** Follows records that are finished out of order, and tells up to where all are. */
export class Progress {
  readonly #steps: Step[] = [];
  #head = 0;
  #reached: string | undefined;

  /** Adds the next record in stream order; call the result when the record is done. */
  add(position: string): () => void {
    const step: Step = { position, done: false };
    this.#steps.push(step);
    return () => {
      step.done = true;
      this.#advance();
    };
  }

  /** The position before which every record is done; undefined as long as the first one is not. */
  get reached(): string | undefined {
    return this.#reached;
  }

  /** Records added and not yet behind `reached`. */
  get open(): number {
    return this.#steps.length - this.#head;
  }

  #advance(): void {
    for (let step = this.#steps[this.#head]; step?.done; step = this.#steps[this.#head]) {
      this.#reached = step.position;
      this.#head++;
    }
    if (this.#head > 1_000) this.#steps.splice(0, this.#head);
    if (this.#head > this.#steps.length || this.#head > 1_000) this.#head = 0;
  }
}
