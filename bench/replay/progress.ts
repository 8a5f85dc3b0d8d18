/** Shows how far something is. */
export interface Progress {
  /** One more is done. */
  readonly tick: () => void;
  /** Clears the line. */
  readonly done: () => void;
}

const barWidth = 40;
const everyMs = 100;

/** A bar on a terminal; nothing anywhere else. */
export function progressBar(label: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { tick: () => undefined, done: () => undefined };
  let count = 0;
  let drawnAt = 0;
  const draw = (): void => {
    const filled = Math.round((count / Math.max(1, total)) * barWidth);
    stream.write(`\r${label.padEnd(18)} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${count}/${total} `);
  };
  return {
    tick: () => {
      count += 1;
      if (Date.now() - drawnAt < everyMs && count < total) return;
      drawnAt = Date.now();
      draw();
    },
    done: () => void stream.write('\r\x1b[K'),
  };
}
