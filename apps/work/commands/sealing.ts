import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';
import { holdsSecrets, withoutSecrets } from './secret.ts';

/** The input of a command as it is stored: in clear what may be seen, sealed the whole when it holds secrets. */
export interface StoredInput {
  input: unknown;
  sealed: Buffer | null;
  /** Of the whole wish; one with secrets cannot be tried out by whoever reads the table. */
  digest: Buffer;
}

interface OldRow {
  id: string;
  input: unknown;
  digest: Buffer;
  ended: boolean;
}

const oldAtOnce = 500;
const purpose = 'command-input';

/** PINs and keys on their way to a device: sealed under the installation's master key until the command has ended. */
export function createSealing({ db, settings }: Pick<Kernel, 'db' | 'settings'>) {
  let opened: Envelope | undefined;
  const envelope = (): Envelope => {
    opened ??= openEnvelope(settings.DATA_DIR);
    return opened;
  };

  const seal = (id: string, input: unknown, digest: Buffer): StoredInput =>
    holdsSecrets(input)
      ? {
          input: withoutSecrets(input),
          sealed: envelope().wrap(`${purpose}:${id}`, Buffer.from(JSON.stringify(input))),
          digest: envelope().mark(purpose, digest),
        }
      : { input, sealed: null, digest };

  /** The input as the device gets it. Throws KeyDamaged. */
  const open = ({ id, input, sealed }: { id: string; input: unknown; sealed: Buffer | null }): unknown =>
    sealed === null ? input : JSON.parse(envelope().unwrap(`${purpose}:${id}`, sealed).toString('utf8'));

  /**
   * Seals, or clears, what commands from before this was done hold in clear; returns how many. A row is looked at once:
   * the mark goes on with the last of each lot, so that a cut leaves nothing out.
   */
  async function sealOld(): Promise<number> {
    let sealedRows = 0;
    for (;;) {
      const lot = await db.systemTransaction(async (tx) => {
        const [mark] = await tx.all(
          sql<{ after: string; until: string }>`select after, until from commands.sealing where not done for update`,
        );
        if (!mark) return 0;
        const rows = await tx.all(sql<OldRow>`
          select id, input, digest, ended_at is not null as ended from commands.command
          where id > ${mark.after} and id <= ${mark.until} order by id limit ${oldAtOnce} for update`);
        const held = rows.filter(({ input }) => holdsSecrets(input));
        for (const { id, input, digest, ended } of held) {
          const stored = seal(id, input, digest);
          await tx.run(sql`update commands.command set input = ${JSON.stringify(stored.input)}::jsonb,
            sealed = ${ended ? null : stored.sealed}, digest = ${stored.digest} where id = ${id}`);
          await tx.run(
            sql`update commands.calibration set input = ${JSON.stringify(stored.input)}::jsonb where command = ${id}`,
          );
        }
        sealedRows += held.length;
        const last = rows.at(-1);
        await tx.run(
          last ? sql`update commands.sealing set after = ${last.id}` : sql`update commands.sealing set done = true`,
        );
        return rows.length;
      });
      if (lot === 0) return sealedRows;
    }
  }

  return { seal, open, sealOld };
}

export type Sealing = ReturnType<typeof createSealing>;
