import type { Actor } from '@keystead/contracts/access';
import { InputInvalid, problem } from '@keystead/contracts/problem';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { isPhoneKey } from './entry.ts';

/** The phone was never registered, or by somebody else. */
export class FieldDeviceMissing extends problem('field-device-missing', 404) {}
/** A phone of that id has another key or another owner. */
export class FieldDeviceTaken extends problem('field-device-taken', 409) {}
export class FieldDevicesFull extends problem('field-devices-full', 409) {}

export interface DeviceRow {
  id: string;
  organisation: string;
  account: string;
  accountName: string;
  name: string;
  key: string;
  registeredAt: Date;
  lastNumber: number;
  lastDigest: string;
  lastAt: Date | null;
}

export const deviceColumns = sql.raw(`
  d.id, d.organisation, d.account, d.account_name as "accountName", d.name, d.key, d.registered_at as "registeredAt",
  d.last_number as "lastNumber", d.last_digest as "lastDigest", d.last_at as "lastAt"`);

/** An app that is thrown away and installed anew leaves a phone behind each time. */
const mostDevices = 50;

/** The phone of the actor, locked until the transaction ends. Throws FieldDeviceMissing. */
export const lockDevice = (tx: Tx, actor: Actor, id: string): Promise<DeviceRow> =>
  tx.one(
    sql<DeviceRow>`select ${deviceColumns} from field.device d
      where d.id = ${id} and d.organisation = ${actor.scope.organisation} and d.account = ${actor.id} for update`,
    () => new FieldDeviceMissing({ id }),
  );

/** Phones and their keys: each belongs to whoever registered it. */
export function createDevices({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  return {
    /** Registers a phone, or answers the one it is. Throws InputInvalid, FieldDeviceTaken, FieldDevicesFull. */
    register: (actor: Actor, draft: { id: string; name: string; key: string }): Promise<DeviceRow> =>
      db.transaction(actor.scope, async (tx) => {
        if (!isPhoneKey(draft.key)) throw new InputInvalid({ in: 'body' }, [{ pointer: '/key', code: 'public-key' }]);
        const { organisation } = actor.scope;
        const [count] = await tx.all(sql<{ count: number }>`
          select count(*)::int as count from field.device where organisation = ${organisation} and account = ${actor.id}`);
        const added = await tx.run(sql`
          insert into field.device (id, organisation, account, account_name, name, key, registered_at)
          values (${draft.id}, ${organisation}, ${actor.id}, ${actor.name}, ${draft.name}, ${draft.key}, ${clock.now()})
          on conflict (id) do nothing`);
        if (added > 0 && (count?.count ?? 0) >= mostDevices) throw new FieldDevicesFull({ limit: mostDevices });
        const known = await tx.maybe(
          sql<DeviceRow>`select ${deviceColumns} from field.device d where d.id = ${draft.id}`,
        );
        if (!known || known.account !== actor.id || known.key !== draft.key)
          throw new FieldDeviceTaken({ id: draft.id });
        if (added > 0)
          await audit.add(tx, actor, {
            action: 'field-device.register',
            subject: `field-device:${draft.id}`,
            detail: { name: draft.name },
          });
        return known;
      }),
  };
}
