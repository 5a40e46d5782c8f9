import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environmentIn } from './runtime.mjs';
import { isStamped, stampOf, writeStamp } from './stamp.mjs';

/** Whatever the console's build reads. */
const inputs = ['ends', 'contracts', 'package-lock.json'];

/**
 * What there is to do for the operator console: undefined when its last build is of the present sources, else a
 * function that builds it and throws with the end of the output when that fails.
 * @param {string} root
 * @param {string} node
 * @returns {(() => Promise<void>) | undefined}
 */
export function consoleBuild(root, node) {
  const file = join(root, 'ends/console/dist/.stamp');
  const stamp = stampOf(root, inputs);
  if (isStamped(file, stamp)) return undefined;
  return async () => {
    await build(root, node);
    writeStamp(file, stamp);
  };
}

/**
 * @param {string} root
 * @param {string} node
 * @returns {Promise<void>}
 */
function build(root, node) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'ends/console'),
    env: environmentIn(root),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-4000);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`vite build (${code})\n${output}`))));
  });
}
