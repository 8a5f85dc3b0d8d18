const graceMs = 5_000;

/**
 * Settles at the first Ctrl-C or SIGTERM. From then on the process has five seconds to stop; a second signal ends it at once.
 * Function hosts and the database notice that it is gone and end themselves.
 */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(130);
      asked = true;
      process.stderr.write('\nStopping… (again to end at once)\n');
      setTimeout(() => process.exit(130), graceMs).unref();
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
