import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** What of the library a process loads that imports the door and does this; each specifier once. */
async function loadedBy(work: string): Promise<string[]> {
  const code = `
    import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({ resolve: (name, context, next) => { if (name.startsWith('node-opcua')) seen.add(name); return next(name, context); } });
    const door = await import(process.argv[1]);
    ${work}
    console.log(JSON.stringify([...seen]));
    process.exit(0);`;
  const args = ['--input-type=module', '--no-warnings', '-e', code, join(import.meta.dirname, 'index.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
  return JSON.parse(stdout) as string[];
}

test('who only knows the door does not load the library', async () => {
  expect(await loadedBy(`await import('node-opcua-certificate-manager');`)).toContain('node-opcua-pki');
  expect(await loadedBy('')).toEqual([]);
});
