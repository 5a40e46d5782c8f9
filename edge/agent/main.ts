import { Problem } from '@keystead/contracts/problem';
import { createLog } from '@keystead/kernel/base';
import { type Agent, agentVersion, openAgent } from './agent.ts';
import { readArguments, usage } from './arguments.ts';
import { tellOwner } from './channels/failure-scope.ts';
import { ownFolder } from './files/own-folder.ts';
import { joinPlatform } from './platform/joining.ts';
import { FirmwareUpdater } from './update/firmware-updater.ts';
import { updateReady } from './update/starter.ts';

/** The edge agent as a process of its own. Tells its duty room's port and its end on standard output, one line each. */
async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  if (given === undefined) {
    console.log(usage);
    return;
  }
  const { logLevel, joining, updates, ...options } = given;
  const log = createLog('agent', logLevel);
  const leave = ownFolder(options.data);
  let agent: Agent | undefined;
  let ending = false;
  const end = (code: number) => {
    if (ending) return;
    ending = true;
    process.exitCode = code;
    const late = setTimeout(() => process.exit(code), 10_000);
    Promise.resolve(agent?.close())
      .catch((err: unknown) => log.error({ err }, 'not closed whole'))
      .finally(() => {
        clearTimeout(late);
        leave();
        process.exit(code);
      });
  };
  const fatal = (cause: unknown) => {
    // A protocol's own failure is its channel's; anything else is ours, and a fresh start is better than half a process.
    if (tellOwner(cause)) return;
    log.fatal({ err: cause }, 'failed');
    end(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(0));
  if (joining) {
    const { data, trust } = options;
    options.token = await joinPlatform({ ...joining, data, trust });
    log.info('joined the platform');
  }
  const updater =
    updates &&
    new FirmwareUpdater({
      data: options.data,
      version: updates.version === '' ? agentVersion : updates.version,
      key: updates.key,
      log,
      restart: () => end(updateReady),
    });
  agent = await openAgent({ ...options, log, ...(updater && { updater }) });
  console.log(JSON.stringify({ ready: true, duty: agent.dutyPort ?? null }));
  if (ending) await agent.close();
}

main().catch((cause: unknown) => {
  const detail = cause instanceof Problem ? `${cause.type}: ${String(cause.data.detail ?? '')}` : String(cause);
  console.error(`✗ ${detail}\n\n${usage}`);
  process.exit(2);
});
