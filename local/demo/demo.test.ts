import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notebook, widthOf } from './paper.ts';
import { type Server, startServer } from './server.ts';
import { tellDemo } from './story.ts';
import { Teller } from './teller.ts';

let server: Server;

beforeAll(async () => {
  server = await startServer({ enforceIam: true });
}, 300_000);
afterAll(() => server.stop());

describe('the demo', () => {
  it('tells its story to the end, again and again on one server, and within a terminal', async () => {
    for (const time of [1, 2]) {
      const paper = notebook();
      const teller = new Teller(paper);
      await tellDemo(server, teller).catch((error: unknown) => {
        throw new Error(
          `told ${time} time(s):\n${paper.lines.join('\n')}\n${server.complaints.slice(-20).join('\n')}\ndenied: ${JSON.stringify(server.accessDenied)}`,
          { cause: error },
        );
      });
      expect(teller.expectations).toBeGreaterThan(30);
      expect(Math.max(...paper.lines.map(widthOf))).toBeLessThanOrEqual(100);
    }
    expect(server.accessDenied).toEqual([]);
  }, 300_000);
});
