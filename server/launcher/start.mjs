// npm start: from a bare clone to the supervisor, which then brings up database and services. Its arguments are passed
// on, but `--no-console` stays here: the console is then left as it is.
import { join } from 'node:path';
import { consoleBuild } from './console.mjs';
import { areMissing, install } from './dependencies.mjs';
import { handOver } from './handover.mjs';
import { environmentIn, findNode, noNode } from './runtime.mjs';
import { step } from './steps.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const launched = Date.now() - Math.round(performance.now());

async function main() {
  console.log('安枢 Keystead');
  if (areMissing(root)) await step('依赖 / dependencies', (report) => install(root, report));
  const node = findNode(root);
  if (node === undefined) throw new Error(noNode);
  const args = process.argv.slice(2);
  const passedOn = args.filter((arg) => arg !== '--no-console');
  const build = passedOn.length === args.length ? consoleBuild(root, node) : undefined;
  if (build !== undefined) await step('控制台 / console', build);
  const env = { ...environmentIn(root), KEYSTEAD_LAUNCHED: String(launched) };
  handOver(node, [join(root, 'server/main.ts'), ...passedOn], env);
}

main().catch((cause) => {
  console.error(`✗ ${cause.message}`);
  process.exitCode = 1;
});
