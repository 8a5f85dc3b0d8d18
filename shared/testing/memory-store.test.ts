import { memoryStore } from './memory-store.ts';
import { storeContract } from './store-contract.ts';

const store = memoryStore();
storeContract('in memory', () => store);
