import { type App } from '../../testing/app.ts';

/** The deployed schedules that channels live by, run now. */
export type Schedules = () => Promise<void>;

/**
 * Runs them for many tests at once: one run at a time, and who asks while one is under way gets the next, together with all others who ask.
 * Each run goes over every channel, as deployed.
 */
export function schedulesOf({ twin }: Pick<App, 'twin'>): Schedules {
  const run = async () => {
    for (const name of ['announce-polls', 'retry-waiting']) {
      const { functionError } = await twin.invoke(`crossdock-local-channels-${name}`, {});
      if (functionError !== undefined) throw new Error(`${name} failed: ${functionError}`);
    }
  };
  let running = Promise.resolve();
  let next: Promise<void> | undefined;
  const begin = () => {
    next = undefined;
    running = run();
    return running;
  };
  return () => (next ??= running.then(begin, begin));
}
