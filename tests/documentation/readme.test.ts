import { testPage } from './page.ts';

testPage({ file: 'README.md', atLeast: { examples: 5, answers: 2 } });
