import { SealedFile } from './sealed-file.ts';

/** Puts secrets into a folder for ever, and says which one is put: a test kills it. */
const file = new SealedFile(process.argv[2] ?? '');
for (let count = 1; ; count += 1) {
  file.put(`secret-${count}`, String(count));
  file.put('counter', String(count));
  process.stdout.write(`${count}\n`);
}
