/**
 * Polls until `probe` returns something other than `undefined`, and returns that; throws at the deadline, with the last error as cause.
 * Tests wait for facts with this and never sleep for a guessed time.
 */
export async function eventually<T>(
  probe: () => T | undefined | Promise<T | undefined>,
  { deadlineMs = 10_000, everyMs = 20, what = 'the expected state' } = {},
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  let lastError: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`${what} did not come within ${deadlineMs} ms`, { cause: lastError });
}
