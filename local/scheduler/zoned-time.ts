const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const created = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, created);
  return created;
}

/** The wall-clock time of a zone at an instant, as epoch milliseconds as if it were UTC. Throws RangeError for an unknown zone. */
export function wallClock(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return instant;
  const parts = new Map(formatOf(timeZone).formatToParts(instant).map((part) => [part.type, Number(part.value)])); // prettier-ignore
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const seconds = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return seconds + (((instant % 1000) + 1000) % 1000);
}

/**
 * The instant at which a zone's clocks show `wall`: the first one where they show it twice, undefined where they never do because
 * summer time begins.
 */
export function instantOf(wall: number, timeZone: string): number | undefined {
  const dayMs = 86_400_000;
  const offsets = [wall - dayMs, wall + dayMs].map((nearby) => wallClock(nearby, timeZone) - nearby);
  return offsets
    .map((offset) => wall - offset)
    .sort((a, b) => a - b)
    .find((instant) => wallClock(instant, timeZone) === wall);
}
