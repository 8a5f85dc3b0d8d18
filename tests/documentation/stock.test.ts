import { testPage } from './page.ts';

testPage({ file: 'docs/stock.md', atLeast: { examples: 30, answers: 15 }, shortened: true });
