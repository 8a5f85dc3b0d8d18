import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the dynoxide binary for this platform is; throws an Error that says what to do if there is none. */
export function dynoxideBinary(platform: string = process.platform, arch: string = process.arch): string {
  const override = process.env.DYNOXIDE_BINARY;
  if (override) return override;
  const packageName = `@dynoxide/${platform}-${arch}`;
  const found = binaryIn(packageName, platform);
  if (found !== undefined) return found;
  throw new Error(
    `No DynamoDB emulator for this machine: ${packageName} is not installed. Install it with "npm install --no-save ${packageName}", ` +
      'set DYNOXIDE_BINARY to a dynoxide binary, or set DYNAMODB_ENDPOINT to a running DynamoDB Local (http://127.0.0.1:8000).',
  );
}

function binaryIn(packageName: string, platform: string): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    const binary = join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}
