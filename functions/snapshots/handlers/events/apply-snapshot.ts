import { snapshotReady } from '../../../../shared/contracts/snapshots/events.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { eventConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { rowsOf } from '../../adapters/rows.ts';
import { runSnapshot } from '../../domain/run-snapshot.ts';

/** Of a function's 900 seconds; what is under way then has the rest. */
const runSeconds = 780;

/** Folds an uploaded file into the books, for as long as a function may run; the next run goes on with the rest. */
export const build = (ports = awsPorts) =>
  eventConsumer([snapshotReady], async ({ subject }) => {
    const deadline = plusSeconds(ports.clock.now(), runSeconds);
    await runSnapshot(ports, { snapshotId: subject, linesOf: rowsOf, deadline });
  });

export const handler = build();
