/**
 * Collects messages of one turn of the event loop and sends them as one: a pipe write costs more than most messages are worth.
 */
export class Outbox<T> {
  private readonly send: (messages: T[]) => void;
  private waiting: T[] = [];

  constructor(send: (messages: T[]) => void) {
    this.send = send;
  }

  /** Sends a message at the end of this turn. */
  post(message: T): void {
    if (this.waiting.push(message) === 1) setImmediate(() => this.flush());
  }

  private flush(): void {
    const messages = this.waiting;
    this.waiting = [];
    this.send(messages);
  }
}
