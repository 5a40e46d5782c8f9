import type { Log } from '@keystead/kernel/base';
import { Logger } from 'graphile-worker';

/** The queue's own words in our log: its chatter at debug, its troubles as they are. */
export const quietLogger = (log: Log): Logger =>
  new Logger(() => (level, message, meta) => {
    if (level === 'error') log.error(meta ?? {}, message);
    else if (level === 'warning') log.warn(meta ?? {}, message);
    else log.debug(meta ?? {}, message);
  });
