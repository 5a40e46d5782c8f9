import type { alarmChanged } from '@keystead/contracts/events/alarms';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import { newId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type AlarmStep, type Handling, isStep, stampFor, statesBefore } from './alarm.ts';
import type { AlarmRow } from './row.ts';
import type { Step } from './store.ts';
import type { AlarmTelling } from './telling.ts';

type ChangeEvent = EventEnvelope<Payload<typeof alarmChanged>>;

/** What a person does with the lead of an incident is done with its members, in his name. */
export function createCarrying({ clock, tell }: Pick<Kernel, 'clock'> & { tell: AlarmTelling }) {
  const lastStep = (tx: Tx, alarm: string, step: AlarmStep): Promise<Step | undefined> =>
    tx.maybe(sql<Step>`
      select step, from_state as "from", to_state as "to", actor, actor_name as "actorName", note, at from alarms.step
      where alarm = ${alarm} and step = ${step} order by at desc, id desc limit 1`);

  async function take(tx: Tx, incident: string, step: AlarmStep, { to, actor, actorName, note }: Step): Promise<void> {
    const now = clock.now();
    const stamp = stampFor(to as Handling);
    const before = await tx.all(sql<{ id: string; handling: string }>`
      select id, handling from alarms.alarm
      where incident = ${incident} and member and handling = any(${statesBefore(step)}) and (${step !== 'close'} or condition = 'cleared')
      order by id for update`);
    if (before.length === 0) return;
    const after = await tx.all(sql<AlarmRow>`
      update alarms.alarm set handling = ${to}, version = version + 1 ${stamp ? sql`, ${sql.ref(stamp)} = ${now}` : sql``}
      where id = any(${before.map(({ id }) => id)}) returning *`);
    await tx.run(sql`
      insert into alarms.step (id, organisation, alarm, step, from_state, to_state, actor, actor_name, note, at)
      select r.id, a.organisation, a.id, ${step}, r."from", ${to}, ${actor}, ${actorName}, ${note}, ${now}
      from jsonb_to_recordset(${JSON.stringify(before.map(({ id, handling }) => ({ id: newId(), alarm: id, from: handling })))}::jsonb)
        as r(id uuid, alarm uuid, "from" text) join alarms.alarm a on a.id = r.alarm`);
    for (const row of after) await tell(tx, row, step);
  }

  return {
    follow: async ({ payload }: ChangeEvent, tx: Tx): Promise<void> => {
      const { id, change, group } = payload;
      if (!group || group.member || !isStep(change)) return;
      const [incident] = await tx.all(
        sql<{ id: string }>`select id from alarms.incident where id = ${group.id} and lead = ${id}`,
      );
      const taken = incident && (await lastStep(tx, id, change));
      if (taken) await take(tx, group.id, change, taken);
    },
  };
}
