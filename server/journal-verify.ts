import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@keystead/kernel/base';
import { type Settings, settingsFromEnvironment } from '@keystead/kernel/base/config';
import { openDb, roleUrls } from '@keystead/kernel/db';
import { DatabaseBusy, startServer } from '@keystead/kernel/db/embedded';
import { openAnchors, openSigner, type Report, verifyJournal } from '@keystead/kernel/security/audit';

/**
 * `npm run journal:verify [-- --json]`: reads the whole journal and holds it against the anchors outside the database.
 * Exit code 0 = whole, 1 = damaged, 2 = could not be read. Works beside a running platform and without one.
 */
const faultText: Record<string, string> = {
  'line-changed': '内容被改动 / line was changed',
  'line-missing': '日志行缺失 / line is missing',
  'line-unknown': '链外日志行 / line is not part of the chain',
  'order-broken': '链序断裂 / the chain is broken',
  'beginning-missing': '开头缺失 / the beginning is missing',
  'end-missing': '结尾缺失 / the end is missing',
  'anchor-differs': '与库外锚点不符 / differs from the anchor outside the database',
  'anchors-missing': '库外锚点缺失 / the anchors outside the database are missing',
  'anchor-unreadable': '锚点无法读取或签名不符 / an anchor cannot be read or its signature is wrong',
};

/** The database that a running platform keeps in `folder`. */
function runningDatabase(folder: string): string | undefined {
  const note = join(folder, 'database-is-at.txt');
  const base = existsSync(note) ? readFileSync(note, 'utf8').trim() : folder;
  const [port, password] = ['port', 'owner-password'].map((name) => join(base, name));
  if (!port || !password || !existsSync(port) || !existsSync(password)) return undefined;
  const url = new URL(`postgresql://127.0.0.1:${readFileSync(port, 'utf8').trim()}/postgres`);
  url.username = 'keystead_owner';
  url.password = readFileSync(password, 'utf8').trim();
  return url.href;
}

async function database(settings: Settings): Promise<{ url: string; stop(): Promise<void> }> {
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, stop: async () => {} };
  const folder = join(settings.DATA_DIR, 'postgres');
  try {
    const server = await startServer({ dataDir: folder });
    return { url: server.url, stop: () => server.stop() };
  } catch (cause) {
    const url = cause instanceof DatabaseBusy ? runningDatabase(folder) : undefined;
    if (url === undefined) throw cause;
    return { url, stop: async () => {} };
  }
}

function print(report: Report): void {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const range = report.first === null ? '—' : `${report.first} … ${report.last}`;
  say(report.ok ? '✓ 日志完整 / the journal is whole' : `✗ 日志受损 / the journal is damaged (${report.faultCount})`);
  say(`  已封存 / sealed      ${report.lines}   (${range})`);
  say(`  未封存 / not sealed  ${report.unsealed}${report.unsealedSince ? `   since ${report.unsealedSince}` : ''}`);
  say(`  锚点 / anchors       ${report.anchorsAgreed}   日根 / signed roots ${report.rootsAgreed}`);
  if (report.pruned) say(`  已清理 / pruned      ≤ ${report.pruned.through}   ${report.pruned.on}`);
  for (const { at, through } of report.restores) say(`  已恢复 / restored    ${at}   ≤ ${through}`);
  for (const { kind, seq, at } of report.faults)
    say(`  ✗ ${seq === undefined ? '' : `#${seq} `}${faultText[kind] ?? kind}${at ? `   ${at}` : ''}`);
  if (report.faultCount > report.faults.length) say(`  … ${report.faultCount - report.faults.length} more`);
  say(`  ${report.seconds} s`);
}

async function run(): Promise<number> {
  const settings = settingsFromEnvironment();
  const { url, stop } = await database(settings);
  const urls = roleUrls(url);
  const db = openDb({ appUrl: urls.app, systemUrl: urls.system, appConnections: 1, systemConnections: 1 });
  const json = process.argv.includes('--json');
  const onProgress = (done: number, total: number) => {
    if (process.stderr.isTTY && !json) process.stderr.write(`\r  ${done} / ${total}`);
    if (process.stderr.isTTY && !json && done >= total) process.stderr.write('\r\u001b[K');
  };
  try {
    const anchors = openAnchors(settings.DATA_DIR, openSigner(settings.DATA_DIR));
    const report = await verifyJournal({ db, clock: systemClock, anchors, onProgress });
    if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
    else print(report);
    return report.ok ? 0 : 1;
  } finally {
    await db.close();
    await stop();
  }
}

try {
  process.exitCode = await run();
} catch (cause) {
  process.stderr.write(
    `✗ 无法读取日志 / the journal cannot be read: ${cause instanceof Error ? cause.message : cause}\n`,
  );
  process.exitCode = 2;
}
