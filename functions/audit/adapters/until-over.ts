/** Says whether so many seconds have passed since now. */
export function untilOver(seconds: number): () => boolean {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() > end;
}
