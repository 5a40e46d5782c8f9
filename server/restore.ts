import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '@keystead/contracts/problem';
import { systemClock } from '@keystead/kernel/base';
import { settingsFromEnvironment } from '@keystead/kernel/base/config';
import { openDb, sql } from '@keystead/kernel/db';
import { chooseSet, findSets, keyFileIn, type Restored, readBackupKey, restoreSet } from '@keystead/kernel/ops/backup';
import { createSealer, openAnchors, openSigner } from '@keystead/kernel/security/audit';

/**
 * `npm run restore -- --from DIR [--until ISO_TIME] [--into DATA_DIR] [--key FILE]`: rebuilds an installation from a
 * backup, starts its database, looks at it and stops it again. What was in the folder is set aside.
 */
const usage = 'npm run restore -- --from DIR [--until 2026-06-01T14:00:00+08:00] [--into DATA_DIR] [--key FILE]';

/** The amount of data for which the time of a restore is stated (H-11.1-g-2). */
const ratedBytes = 10e9;
const allowedSeconds = 2 * 3600;

const say = (text: string) => process.stdout.write(`${text}\n`);

function momentOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  // A time without a zone would mean another moment on another machine.
  if (Number.isNaN(at.getTime()) || !/(Z|[+-]\d\d:?\d\d)$/i.test(text))
    throw new Error(`--until ${text}: 请带时区 / name the zone, as in 2026-06-01T14:00:00+08:00`);
  return at;
}

interface Counted {
  migrations: number;
  tables: number;
  lines: number;
}

/** Looks at the restored database, and puts on record that the journal ends earlier than its anchors (not damage). */
async function lookAt(server: NonNullable<Restored['server']>, into: string): Promise<Counted | undefined> {
  const { url } = server;
  const db = openDb({ appUrl: url, systemUrl: url, systemConnections: 2 });
  try {
    const [platform] = await db.systemRead(
      sql<{
        there: boolean;
      }>`select to_regclass('kernel.migration') is not null and to_regclass('audit.seal') is not null as there`,
    );
    if (!platform?.there) return undefined;
    await createSealer({ db, clock: systemClock, anchors: openAnchors(into, openSigner(into)) }).noteRestore();
    const [counted] = await db.systemRead(sql<Counted>`
      select (select count(*)::int from kernel.migration) as migrations, (select count(*)::int from audit.line) as lines,
        (select count(*)::int from pg_stat_user_tables) as tables`);
    return counted;
  } finally {
    await db.close();
  }
}

try {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, until: { type: 'string' }, into: { type: 'string' }, key: { type: 'string' } },
  });
  if (values.from === undefined) throw new Error(usage);
  const settings = settingsFromEnvironment();
  const into = values.into === undefined ? settings.DATA_DIR : resolve(values.into);
  const until = momentOf(values.until);
  const set = chooseSet(findSets(resolve(values.from)), until);
  const key = readBackupKey(values.key === undefined ? keyFileIn(settings.DATA_DIR) : resolve(values.key));
  say(`恢复 / restoring  ${set.manifest.id} → ${into}${until ? `   ≤ ${until.toISOString()}` : ''}`);
  const restored = await restoreSet({ set, key, until, into, clock: systemClock, say: (line) => say(`  ${line}`) });
  try {
    if (!set.manifest.database) {
      say('! 备份不含数据库（外部数据库请用其自身工具恢复） / the database was external: restore it by its own tools');
    }
    const counted = restored.server && (await lookAt(restored.server, into));
    const rate = restored.bytes / restored.seconds;
    const rated = ratedBytes / rate;
    say(
      `✓ ${(restored.bytes / 1e6).toFixed(1)} MB   ${restored.seconds.toFixed(1)} s   ${(rate / 1e6).toFixed(1)} MB/s`,
    );
    if (counted)
      say(
        `  ${counted.tables} 张表 / tables   ${counted.migrations} 个迁移 / migrations   ${counted.lines} 条日志 / journal lines`,
      );
    say(
      `  10 GB 约需 / would take about ${(rated / 60).toFixed(1)} min (≤ ${allowedSeconds / 60} min ${rated <= allowedSeconds ? '✓' : '✗'})`,
    );
    if (restored.setAside) say(`  原有内容移至 / what was there is in   …${restored.setAside}`);
    say('  现在可以启动 / ready for npm start');
  } finally {
    await restored.server?.stop();
  }
} catch (cause) {
  console.error(
    cause instanceof Problem ? `✗ ${cause.message}` : cause instanceof Error ? `✗ ${cause.message}` : cause,
  );
  process.exitCode = 1;
}
