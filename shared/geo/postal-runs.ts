/**
 * A country's postal codes as runs: from each start up to the next, codes lie around one point. Points are whole steps of
 * `degreesPerStep`.
 */
export interface PostalRuns {
  /** Ordinals of the codes that runs begin with, ascending. */
  readonly starts: Uint32Array;
  readonly latitudes: Int16Array;
  readonly longitudes: Int16Array;
}

/** What one step of a stored coordinate is: 0.1 degrees, at most 11.1 km. */
export const degreesPerStep = 0.1;

/**
 * Packs tables: for each country how many runs there are, then all starts, all latitudes, all longitudes, each as a variable-length
 * difference from the one before. The inverse of `unpack`.
 */
export function pack(tables: readonly PostalRuns[]): Uint8Array {
  const bytes: number[] = [];
  const put = (value: number): void => {
    for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
    bytes.push(value);
  };
  for (const { starts } of tables) put(starts.length);
  for (const { starts } of tables) starts.forEach((start, index) => put(start - (starts[index - 1] ?? 0)));
  for (const column of ['latitudes', 'longitudes'] as const) {
    for (const { [column]: values } of tables) {
      values.forEach((value, index) => {
        const difference = value - (values[index - 1] ?? 0);
        put(difference < 0 ? -2 * difference - 1 : 2 * difference);
      });
    }
  }
  return Uint8Array.from(bytes);
}

/** Unpacks what `pack` made of `countries` tables. */
export function unpack(bytes: Uint8Array, countries: number): PostalRuns[] {
  let at = 0;
  const take = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  const tables = Array.from({ length: countries }, take).map((runs) => ({
    starts: new Uint32Array(runs),
    latitudes: new Int16Array(runs),
    longitudes: new Int16Array(runs),
  }));
  const sums = (column: Uint32Array | Int16Array, signed: boolean): void => {
    for (let index = 0, sum = 0; index < column.length; index += 1) {
      const value = take();
      sum += signed ? (value >>> 1) ^ -(value & 1) : value;
      column[index] = sum;
    }
  };
  for (const { starts } of tables) sums(starts, false);
  for (const { latitudes } of tables) sums(latitudes, true);
  for (const { longitudes } of tables) sums(longitudes, true);
  return tables;
}
