import type { Kernel } from '@keystead/kernel/module';
import { ensureCertificate } from '@keystead/kernel/security/tls';
import { type Static, Type } from 'typebox';

/** Where a new agent finds this platform, and how it knows that it is this one. */
export const DoorsView = Type.Object({
  /** Port of MQTT over TLS. */
  mqtts: Type.Integer(),
  /** Port of the site over TLS, where a join token is given. */
  https: Type.Integer(),
  /** SHA-256 of the certificate both show, in pairs of hexadecimal digits with colons between. */
  fingerprint: Type.String(),
});
export type Doors = Static<typeof DoorsView>;

export const createDoors =
  ({ settings, clock }: Pick<Kernel, 'settings' | 'clock'>) =>
  async (): Promise<Doors> => {
    const { fingerprint } = await ensureCertificate(settings.DATA_DIR, clock.now());
    return { mqtts: settings.MQTTS_PORT, https: settings.HTTPS_PORT, fingerprint };
  };
