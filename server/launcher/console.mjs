import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentIn } from './runtime.mjs';
import { isStamped, stampOf, writeStamp } from './stamp.mjs';

/** The pages people open: the operators' console, the tenants' app, the app of those out in the field. */
const ends = ['ends/console', 'ends/tenant', 'ends/field'];

/** Whatever their builds read. */
const inputs = ['ends', 'contracts', 'package-lock.json'];

/**
 * What there is to do for the console and the tenant app: undefined when the last build is of the present sources, else a
 * function that builds them and throws with the end of the output when that fails.
 * @param {string} root
 * @param {string} node
 * @returns {(() => Promise<void>) | undefined}
 */
export function consoleBuild(root, node) {
  const file = join(root, 'ends/console/dist/.stamp');
  const stamp = stampOf(root, inputs);
  if (isStamped(file, stamp)) return undefined;
  return async () => {
    for (const end of ends) if (existsSync(join(root, end, 'index.html'))) await build(root, node, end);
    writeStamp(file, stamp);
  };
}

/**
 * @param {string} root
 * @param {string} node
 * @param {string} end
 * @returns {Promise<void>}
 */
function build(root, node, end) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, end),
    // Whoever asks for it, tests too: pages as people get them.
    env: { ...environmentIn(root), NODE_ENV: 'production' },
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
