import { describe, expect, it } from 'vitest';
import { nodeRemedy } from '../check-node.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { ensureApiKey } from './api-key.ts';
import { parseCliArguments } from './arguments.ts';

describe('command line', () => {
  it('has defaults', () => {
    expect(parseCliArguments([])).toMatchObject({ port: 3000, dataDir: '.crossdock', fresh: false, stage: 'local' });
  });

  it('reads flags and refuses what it does not know', () => {
    expect(parseCliArguments(['--fresh', '--port', '8080'])).toMatchObject({ port: 8080, fresh: true });
    expect(parseCliArguments(['--demo-channels'])).toMatchObject({ demoChannels: true, fresh: false });
    expect(() => parseCliArguments(['--prot', '1'])).toThrow(/--prot/);
    expect(parseCliArguments(['--parameter', 'PaymentGatewayUrl=http://127.0.0.1:1/x=y']).parameters).toEqual({
      PaymentGatewayUrl: 'http://127.0.0.1:1/x=y',
    });
    expect(() => parseCliArguments(['--parameter', 'nothing'])).toThrow('name=value');
    expect(() => parseCliArguments(['--port', 'x'])).toThrow('--port x is not a port');
  });

  it('says how to get the right Node', () => {
    expect(nodeRemedy('20.20.2')).toContain('npm install-scripts approve node');
  });
});

describe('API key', () => {
  it('is made once, by the function of the app', async () => {
    const folder = temporaryFolder();
    let calls = 0;
    const twin = {
      functions: [{ name: 'crossdock-local-access-bootstrap-api-key' }] as never[],
      invoke: () => Promise.resolve({ payload: { key: `key-${++calls}` } }),
    };
    try {
      expect(await ensureApiKey(twin, folder.path)).toBe('key-1');
      expect(await ensureApiKey(twin, folder.path)).toBe('key-1');
      expect(await ensureApiKey({ ...twin, functions: [] }, `${folder.path}/none`)).toBeUndefined();
    } finally {
      folder.remove();
    }
  });
});
