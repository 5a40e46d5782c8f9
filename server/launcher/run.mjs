// node server/launcher/run.mjs <file.ts> [arguments]: runs one program of the workspace under the Node it needs.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { areMissing, install } from './dependencies.mjs';
import { handOver } from './handover.mjs';
import { environmentIn, findNode, noNode } from './runtime.mjs';
import { step } from './steps.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const [file, ...args] = process.argv.slice(2);

async function main() {
  if (file === undefined) throw new Error('usage: node server/launcher/run.mjs <file.ts> [arguments]');
  const program = resolve(root, file);
  if (!existsSync(program)) throw new Error(`没有这个程序 no such program: ${file}`);
  // Progress goes beside the program's own output, which another program may read.
  if (areMissing(root)) await step('依赖 / dependencies', (report) => install(root, report), process.stderr);
  const node = findNode(root);
  if (node === undefined) throw new Error(noNode);
  handOver(node, [program, ...args], environmentIn(root));
}

main().catch((cause) => {
  console.error(`✗ ${cause.message}`);
  process.exitCode = 1;
});
