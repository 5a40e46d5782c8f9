import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, oldestNode } from './version.mjs';

/**
 * The Node to run the platform with: the one pinned through npm where it exists for this platform and is new enough,
 * else the one running now when that is new enough, else undefined.
 * @param {string} root
 * @param {{ execPath: string, version: string }} [current]
 * @returns {string | undefined}
 */
export function findNode(root, current = process) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const home = join(root, 'node_modules', `node-${platform}-${process.arch}`);
  const program = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(program)) {
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    if (atLeast(version, oldestNode)) return program;
  }
  return atLeast(current.version, oldestNode) ? current.execPath : undefined;
}

/** What to tell a person when no Node will do. */
export const noNode = [
  `需要 Node.js ${oldestNode} 或更高版本，当前为 ${process.version}。请从 https://nodejs.org 安装 Node 24 后重试。`,
  `Node.js ${oldestNode} or newer is needed, this is ${process.version}. Install Node 24 from https://nodejs.org and try again.`,
].join('\n');

/**
 * The environment for a program of ours: programs of the workspace come first, compiled code is kept.
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentIn(root) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const bin = join(root, 'node_modules', '.bin');
  const path = process.env.PATH ?? '';
  return {
    ...process.env,
    PATH: path.split(separator).includes(bin) ? path : `${bin}${separator}${path}`,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'keystead', 'compiled'),
  };
}
