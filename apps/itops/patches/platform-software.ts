import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { type Db, sql } from '@keystead/kernel/db';
import type { Part, SoftwareBill } from './sbom.ts';

interface LockEntry {
  name?: string;
  version?: string;
  license?: string;
  integrity?: string;
  dev?: boolean;
  link?: boolean;
}

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'EACCES') return undefined;
    throw cause;
  });

/** What npm has installed (its own record in node_modules), else what the lock file asks for. */
async function packages(root: string): Promise<Part[]> {
  const text =
    (await textOf(join(root, 'node_modules/.package-lock.json'))) ?? (await textOf(join(root, 'package-lock.json')));
  if (text === undefined) return [];
  const entries = (JSON.parse(text) as { packages?: Record<string, LockEntry> }).packages ?? {};
  const parts = new Map<string, Part>();
  for (const [path, { name, version, license, integrity, dev, link }] of Object.entries(entries)) {
    const [, installed] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    const called = name ?? installed;
    if (link || !installed || !called || !version) continue;
    const part = {
      ecosystem: 'npm',
      name: called,
      version,
      ...(license ? { license } : {}),
      ...(integrity ? { integrity } : {}),
      ...(dev ? { development: true } : {}),
    };
    parts.set(`${called}@${version}`, part);
  }
  return [...parts.values()];
}

/** Node.js and what is built into it. */
const runtime = (): Part[] =>
  Object.entries(process.versions)
    .filter(([name, version]) => version && ['node', 'openssl', 'v8', 'uv', 'zlib', 'undici', 'llhttp'].includes(name))
    .map(([name, version]) => ({ ecosystem: 'generic', name, version: String(version) }));

/** Packages of the operating system, by their source package, as Debian and its kin record them. */
async function systemPackages(distribution: string): Promise<Part[]> {
  const status = await textOf('/var/lib/dpkg/status');
  const parts = new Map<string, Part>();
  for (const entry of status?.split('\n\n') ?? []) {
    const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(entry)?.[1];
    if (field('Status') !== 'install ok installed') continue;
    const source = /^(\S+)(?: \((.+)\))?$/.exec(field('Source') ?? '');
    const name = source?.[1] ?? field('Package');
    const version = source?.[2] ?? field('Version');
    if (name && version) parts.set(`${name}@${version}`, { ecosystem: distribution, name, version });
  }
  return [...parts.values()];
}

async function operatingSystem(): Promise<Part[]> {
  const kernel: Part = { ecosystem: 'generic', name: `${process.platform}-kernel`, version: release() };
  const facts = await textOf('/etc/os-release');
  const fact = (name: string) => new RegExp(`^${name}="?([^"\n]+)"?$`, 'm').exec(facts ?? '')?.[1];
  const [id, version] = [fact('ID'), fact('VERSION_ID')];
  if (!id || !version) return [kernel];
  return [kernel, { ecosystem: 'generic', name: id, version }, ...(await systemPackages(`${id}:${version}`))];
}

async function database(db: Db): Promise<Part> {
  const [row] = await db.systemRead(sql<{ version: string }>`select current_setting('server_version') as version`);
  return { ecosystem: 'generic', name: 'postgresql', version: (row?.version ?? '').split(' ')[0] ?? '' };
}

/** Everything the platform is made of on this machine, read anew at each call: operating system, database, application. */
export async function platformSoftware(db: Db, root: string): Promise<SoftwareBill> {
  const own = JSON.parse((await textOf(join(root, 'package.json'))) ?? '{}') as { name?: string; version?: string };
  const parts = [await database(db), ...runtime(), ...(await operatingSystem()), ...(await packages(root))];
  return { name: own.name ?? 'keystead', version: own.version ?? '0', parts };
}
