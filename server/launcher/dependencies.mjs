import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Whether what is installed is not what the lock file names. Compares the two lists themselves, because file times
 * say nothing after a checkout or a copy; packages of other platforms may be absent.
 * @param {string} root
 */
export function areMissing(root) {
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return true;
  return differ(packagesIn(join(root, 'package-lock.json')) ?? {}, installed);
}

/**
 * @param {Record<string, import('./dependencies.mjs').Locked>} locked
 * @param {Record<string, import('./dependencies.mjs').Locked>} installed
 */
export function differ(locked, installed) {
  return Object.entries(locked).some(([path, entry]) => {
    if (!path.includes('node_modules/')) return false;
    const found = installed[path];
    if (found === undefined) return !(entry.optional || entry.devOptional);
    return found.version !== entry.version || found.integrity !== entry.integrity;
  });
}

/**
 * Runs `npm ci`; throws with the end of its output when it fails.
 * @param {string} root
 * @param {(progress: string) => void} report
 * @returns {Promise<void>}
 */
export function install(root, report) {
  const { program, first } = npm(root);
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=http'];
  const child = spawn(program, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && first.length === 0,
  });
  let fetched = 0;
  /** @type {string[]} */
  let tail = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      for (const line of String(text).split('\n')) {
        if (/http fetch GET 200 .*\.tgz/.test(line)) report(`${++fetched} 个包 packages`);
        else if (line.trim() !== '' && !line.includes('http fetch')) tail = [...tail, line].slice(-20);
      }
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ci (${code})\n${tail.join('\n')}`));
    });
  });
}

/** The npm that started us where there is one; never run by the Node inside the folder that it replaces. */
function npm(root) {
  const { npm_execpath: script = '', npm_node_execpath: node = process.execPath } = process.env;
  if (!/\.c?js$/.test(script) || !existsSync(script) || node.startsWith(join(root, 'node_modules') + sep)) {
    return { program: 'npm', first: [] };
  }
  return { program: node, first: [script] };
}

/** @param {string} path */
function packagesIn(path) {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
