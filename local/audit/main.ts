import { checkNode } from '../check-node.ts';

checkNode();

const { main } = await import('./run.ts');
process.exitCode = await main(process.argv.slice(2));
