import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@keystead/kernel/base';
import { limit, type Probe } from '../probe.ts';

const day = 86_400_000;
/** Told when nothing is there that could end. */
const farAway = 9999;

/** Days until the certificate of the TLS listeners ends. */
export function certificateProbe(dataDir: string, clock: Clock): Probe {
  const file = join(dataDir, 'tls', 'server.crt');
  return {
    source: 'certificate',
    unit: 'days',
    usual: limit(14, 15, { forSeconds: 0 }),
    read: async () => {
      if (!existsSync(file)) return { value: farAway };
      const { validToDate } = new X509Certificate(readFileSync(file));
      const left = (validToDate.getTime() - clock.now().getTime()) / day;
      return { value: Math.floor(left), detail: validToDate.toISOString().slice(0, 10) };
    },
  };
}
