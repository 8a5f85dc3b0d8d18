import { type Clock } from '../clock.ts';

/** A clock on which a real millisecond is `speed` milliseconds: ASL counts in whole seconds, tests should not. */
export function fastClock(speed: number): Clock {
  const begin = Date.now();
  const origin = performance.now();
  return {
    now: () => begin + (performance.now() - origin) * speed,
    setTimer(callback, delayMs) {
      const timer = setTimeout(callback, Math.ceil(delayMs / speed));
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
