import { posix } from 'node:path';
import { isTest, type SourceTree } from './tree.ts';

/** Where a file stands: its room, its module (`apps/work/alarms`), and whether it is a test beside the code. */
export interface Place {
  readonly file: string;
  readonly room: string;
  readonly module: string;
  readonly test: boolean;
}

/** Package name after `@keystead/` → room. */
const rooms: Readonly<Record<string, string>> = {
  contracts: 'contracts',
  kernel: 'kernel',
  terminals: 'terminals',
  edge: 'edge',
  data: 'data',
  apps: 'apps',
  ui: 'ends/ui',
  sdk: 'ends/sdk',
  console: 'ends/console',
  tenant: 'ends/tenant',
  field: 'ends/field',
  portal: 'ends/portal',
  server: 'server',
  simulator: 'simulator',
  tests: 'tests',
  bench: 'bench',
  tools: 'tools',
};

/** Rooms that are one module as a whole. */
const whole = new Set([
  'ends/sdk',
  'ends/console',
  'ends/tenant',
  'ends/field',
  'ends/portal',
  'server',
  'tests',
  'bench',
]);
/** Folders that only gather modules. */
const wings = /^(apps\/[^/]+|kernel\/(security|ops))$/;

const roomNames = [...new Set(Object.values(rooms))].sort((a, b) => b.length - a.length);

/**
 * Where the module of a path begins. Rooms above the kernel have it at a fixed depth; in the kernel every folder with
 * a door is a module of its own (`kernel/base/config` inside `kernel/base`), for it has no `needs` to keep whole.
 */
function moduleFolder(tree: SourceTree, room: string, folders: readonly string[]): string {
  const [first = '', second] = folders;
  const top = `${room}/${first}`;
  if (room === 'kernel') {
    for (let depth = folders.length; depth > 0; depth--) {
      const folder = `${room}/${folders.slice(0, depth).join('/')}`;
      if (tree.has(`${folder}/index.ts`)) return folder;
    }
  }
  return wings.test(top) && second !== undefined ? `${top}/${second}` : top;
}

/** The room, module and kind of a path; undefined for files outside all rooms (root files, docs). */
export function placeOf(tree: SourceTree, file: string): Place | undefined {
  const room = roomNames.find((name) => file.startsWith(`${name}/`));
  if (room === undefined) return undefined;
  const folders = posix
    .dirname(file)
    .slice(room.length + 1)
    .split('/')
    .filter(Boolean);
  const module = whole.has(room) || folders.length === 0 ? room : moduleFolder(tree, room, folders);
  return { file, room, module, test: isTest(file) };
}

export interface Target {
  /** Path of the imported file, or of what it would be; undefined for Node and npm. */
  readonly file: string;
  /** How it was reached: by package name, or by a relative path. */
  readonly by: 'package' | 'path';
}

/** What a package name leads to by the `exports` of its room: `@keystead/data/things` → `data/things/index.ts`. */
function packageFile(room: string, rest: string): string {
  if (room === 'server') return `${room}/${rest}.ts`;
  if (room === 'contracts' && rest.startsWith('events/')) return `${room}/${rest}.ts`;
  return posix.join(room, rest, 'index.ts');
}

/** Resolves a specifier inside the project; npm packages and Node's own modules give undefined. */
export function resolve(tree: SourceTree, from: string, specifier: string): Target | undefined {
  const own = /^@keystead\/([^/]+)\/?(.*)$/.exec(specifier);
  if (own) {
    const room = rooms[own[1] ?? ''] ?? `@keystead/${own[1]}`;
    return { file: packageFile(room, own[2] ?? ''), by: 'package' };
  }
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(from), specifier);
  const found = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((candidate) => tree.has(candidate));
  return { file: found ?? path, by: 'path' };
}
