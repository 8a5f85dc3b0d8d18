import { pathToFileURL } from 'node:url';

/** Loads the bundle that the first argument names and prints how many milliseconds it took; the second names its handler. */
const [, , file = '', exportName = ''] = process.argv;
const began = performance.now();
const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
const milliseconds = performance.now() - began;
if (typeof module[exportName] !== 'function') throw new Error(`${file} exports no ${exportName}`);
process.stdout.write(`${milliseconds}\n`);
process.exit();
