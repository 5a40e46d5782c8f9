import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { kinds, ShapeRefused, writeShape } from './shape.ts';

// npm run new -- module apps/work/patrols | terminal modbus | page patrols

const root = join(import.meta.dirname, '../..');
const [wanted, path] = process.argv.slice(2);
const kind = kinds.find((candidate) => candidate === wanted);
if (!kind || !path) {
  console.error('npm run new -- module apps/work/patrols | terminal modbus | page patrols');
  process.exit(2);
}

const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

try {
  const files = writeShape(root, kind, path);
  const formatted = node(
    join(root, 'node_modules/@biomejs/biome/bin/biome'),
    'check',
    '--write',
    '--log-level=warn',
    ...files,
  );
  const generated = node(join(root, 'tools/gen/run.ts'), ...(kind === 'module' ? ['tables', 'modules'] : ['modules']));
  for (const file of files) console.log(file);
  const next = {
    module: 'add it to the modules of server/compose.ts, then run npm run gen',
    terminal:
      'replace the sample protocol in driver.ts and channel.ts, then add the channel to the kinds of edge/agent',
    page: 'add its feature to ends/console/src/features/index.ts',
  };
  console.log(`next: write the README, ${next[kind]}`);
  process.exitCode = formatted || generated;
} catch (cause) {
  if (!(cause instanceof ShapeRefused)) throw cause;
  console.error(cause.message);
  process.exitCode = 1;
}
