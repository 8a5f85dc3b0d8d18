/**
 * A tree of cancellations: cancelling an execution cancels its branches, cancelling a branch leaves its parent alone.
 */
export class CancelScope {
  readonly #hooks = new Set<() => void>();
  #cancelled = false;

  /** Whether this scope, or one above it, was cancelled. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Calls `hook` when this scope is cancelled (at once if it is already); the answer takes the hook away. */
  onCancel(hook: () => void): () => void {
    if (this.#cancelled) {
      hook();
      return () => undefined;
    }
    this.#hooks.add(hook);
    return () => {
      this.#hooks.delete(hook);
    };
  }

  /** A scope cancelled together with this one; `detach` it when its work is over. */
  child(): { scope: CancelScope; detach: () => void } {
    const scope = new CancelScope();
    const detach = this.onCancel(() => {
      scope.cancel();
    });
    return { scope, detach };
  }

  /** Cancels, once. */
  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    const hooks = [...this.#hooks];
    this.#hooks.clear();
    for (const hook of hooks) hook();
  }
}
