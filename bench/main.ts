import { checkNode } from '../local/check-node.ts';

checkNode();

const { main } = await import('./cli.ts');
process.exitCode = await main(process.argv.slice(2));
