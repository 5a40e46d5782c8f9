import { offerNames } from '@keystead/contracts/firmware';
import type { Log } from '@keystead/kernel/base';
import type { Connection } from '../platform/connection.ts';
import type { PlatformLink } from '../platform/platform-link.ts';
import type { Updater } from '../updater.ts';
import type { UpdateLine } from './update.ts';

const lineOver = (connection: Connection): UpdateLine => ({
  part: (chunk, size) => connection.part(chunk, size),
  report: (values) => connection.publish('v1/devices/me/telemetry', JSON.stringify(values)),
});

/** Tells the updater what the platform offers, over each connection anew: what was cut off goes on there. */
export function followUpdates(link: PlatformLink, updater: Updater, log: Log): void {
  let line: UpdateLine | undefined;
  const begin = async (connection: Connection): Promise<void> => {
    const own = lineOver(connection);
    line = own;
    await updater.well(own);
    await updater.consider(await connection.shared(offerNames), own);
  };
  link.on('up', (connection) => {
    begin(connection).catch((err: unknown) => {
      if (!connection.isOver) log.warn({ err }, 'updates not followed');
    });
  });
  link.on('down', () => {
    line = undefined;
  });
  link.on('shared', (values) => {
    if (line) void updater.consider(values, line);
  });
}
