import type { OrganisationId } from '@keystead/contracts/access';
import { sql, type Tx } from '@keystead/kernel/db';
import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';

/**
 * Secrets that must be read again, because an HMAC is computed with them or they are still on their way to the device:
 * sealed under the installation's master key. The application writes them and cannot read them; only the platform's
 * own role can.
 */
export function createDeviceSecrets(dataDir: () => string) {
  let known: Envelope | undefined;
  const envelope = (): Envelope => {
    known ??= openEnvelope(dataDir());
    return known;
  };

  async function keep(
    tx: Tx,
    organisation: OrganisationId,
    values: readonly { credential: string; value: string }[],
  ): Promise<void> {
    if (values.length === 0) return;
    const rows = values.map(({ credential, value }) => ({
      credential,
      sealed: envelope().wrap(credential, Buffer.from(value, 'utf8')).toString('hex'),
    }));
    await tx.run(sql`
      insert into things.device_secret (credential, organisation, sealed)
      select r.credential, ${organisation}, decode(r.sealed, 'hex')
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(credential uuid, sealed text)`);
  }

  return { keep, open: (credential: string, sealed: Buffer): Buffer => envelope().unwrap(credential, sealed) };
}

export type DeviceSecrets = ReturnType<typeof createDeviceSecrets>;
