import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '@keystead/contracts/problem';
import { systemClock } from '@keystead/kernel/base';
import { type Settings, settingsFromEnvironment } from '@keystead/kernel/base/config';
import {
  alone,
  type BackupJob,
  copyTo,
  ensureBackupKey,
  findSets,
  type Manifest,
  newestSet,
  openInstallation,
  readRhythm,
  regularTarget,
  takeFull,
  takeIncrement,
  verifySet,
} from '@keystead/kernel/ops/backup';

/**
 * `npm run backup [-- --to DIR] [--increment] [--copy DIR]`: a backup while the platform works. `--list` and `--verify`
 * show and check what a folder holds. Exit code 0 = done, 1 = damaged or failed, 2 = somebody else is backing up.
 */
const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    increment: { type: 'boolean', default: false },
    copy: { type: 'string' },
    list: { type: 'boolean', default: false },
    verify: { type: 'boolean', default: false },
  },
});

const say = (text: string) => process.stdout.write(`${text}\n`);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const version = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const bytesOf = ({ database, files, objects }: Manifest): number =>
  [...(database?.archives ?? []), ...(database?.log ?? []), ...files].reduce((sum, { bytes }) => sum + bytes, 0) +
  (objects?.bytes ?? 0);
const storedOf = ({ database, files }: Manifest): number =>
  [...(database?.archives ?? []), ...(database?.log ?? []), ...files].reduce((sum, { stored }) => sum + stored, 0);

function list(target: string): void {
  say(`备份 / backups  ${target}`);
  for (const { manifest } of findSets(target)) {
    const { database } = manifest;
    const span = database ? `${database.from} … ${database.to}` : '不含数据库 / without the database';
    say(`  ${manifest.id}   ${span}   ${megabytes(bytesOf(manifest))} → ${megabytes(storedOf(manifest))}`);
  }
}

async function verify(target: string, settings: Settings): Promise<number> {
  const key = ensureBackupKey(settings.DATA_DIR);
  let damaged = 0;
  for (const set of findSets(target)) {
    const known = set.manifest.key === key.fingerprint ? key.bytes : undefined;
    const found = await verifySet(set, known);
    damaged += found.damaged.length;
    const mark = found.damaged.length === 0 ? '✓' : '✗';
    say(`  ${mark} ${set.manifest.id}   ${found.files} 个文件 / files   ${megabytes(found.bytes)}`);
    for (const path of found.damaged) say(`      ✗ ${path}`);
  }
  return damaged === 0 ? 0 : 1;
}

function showProgress() {
  let shown = 0;
  return (done: number, total: number) => {
    const now = performance.now();
    if (!process.stdout.isTTY || now - shown < 200) return;
    shown = now;
    process.stdout.write(`\r  … ${megabytes(done)} / ${megabytes(total)}   `);
  };
}

async function backUp(settings: Settings, target: string, regular: boolean): Promise<number> {
  const external = settings.DATABASE_URL !== undefined;
  if (external) {
    say(
      '! 使用外部数据库：请用该数据库自己的备份工具备份它（如 pg_basebackup、pgBackRest、云快照）；这里只备份其余部分。',
    );
    say(
      '! External database: back it up with its own tools (pg_basebackup, pgBackRest, snapshots); this saves the rest.',
    );
  }
  const opened = external
    ? { dataDir: settings.DATA_DIR, close: async () => {} }
    : await openInstallation(settings.DATA_DIR, (line) => say(`  ${line}`));
  const key = ensureBackupKey(settings.DATA_DIR);
  const { close, ...installation } = opened;
  const began = performance.now();
  const job: BackupJob = {
    installation,
    target,
    key,
    clock: systemClock,
    version: version(),
    regular,
    progress: showProgress(),
  };
  try {
    const newest = newestSet(target);
    const made = await alone(installation.url, () =>
      values.increment && newest ? takeIncrement(job, newest.id) : takeFull(job, newest?.id),
    );
    if (!made) {
      say('另一个备份正在进行 / another backup is running');
      return 2;
    }
    const seconds = (performance.now() - began) / 1000;
    const rate = megabytes((values.increment ? 0 : bytesOf(made)) / seconds);
    if (process.stdout.isTTY) process.stdout.write('\r');
    say(`✓ ${resolve(target, made.id)}`);
    say(
      `  ${megabytes(bytesOf(made))} → ${megabytes(storedOf(made))}   ${seconds.toFixed(1)} s${values.increment ? '' : `   ${rate}/s`}`,
    );
    if (made.database) say(`  可恢复到 / can be restored to   ${made.database.from} … ${made.database.to}`);
    if (values.copy)
      say(`  第二份 / second copy   ${values.copy}   ${megabytes(await copyTo(target, resolve(values.copy), key))}`);
    say(
      `  ${key.made ? '! ' : ''}密钥须另存一处，丢失则备份无法打开 / keep a copy of the key elsewhere, nothing opens without it: ${key.file}`,
    );
    return 0;
  } finally {
    await close();
  }
}

try {
  const settings = settingsFromEnvironment();
  const regular = regularTarget(settings.DATA_DIR, readRhythm(settings.DATA_DIR));
  const target = values.to === undefined ? regular : resolve(values.to);
  if (values.list) list(target);
  else if (values.verify) process.exitCode = await verify(target, settings);
  else process.exitCode = await backUp(settings, target, target === regular);
} catch (cause) {
  console.error(cause instanceof Problem ? `✗ ${cause.message}` : cause);
  process.exitCode = 1;
}
