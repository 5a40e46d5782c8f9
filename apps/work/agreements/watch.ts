import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import { dayOf, localDate } from '@keystead/contracts/calendar';
import { agreementMarked } from '@keystead/contracts/events/agreements';
import { sql } from '@keystead/kernel/db';
import { type AgreementKind, stateAfter } from './kind.ts';
import type { AgreementWork, Parts } from './service.ts';

interface Due {
  id: string;
  organisation: string;
  place: string;
  kind: string;
  code: string;
  subject: string;
  state: string;
  startsOn: string;
  endsOn: string;
}

const atOnce = 500;

/** What the calendar day alone brings about: beginning, coming near the end, the end. Each once, also when days were missed. */
export function createWatch({ db, clock, outbox, kinds, step }: Parts & Pick<AgreementWork, 'step'>) {
  const today = (): string => localDate(clock.now());

  const daysLeft = (endsOn: string, on: string): number => (dayOf(endsOn) ?? 0) - (dayOf(on) ?? 0);

  async function each(rows: readonly Due[], kind: AgreementKind, mark: string, stepName?: string): Promise<void> {
    for (const { id, organisation, place, code, subject, state, endsOn } of rows) {
      const actor = systemActor('agreements.watch', organisation as OrganisationId);
      await db.systemTransaction(async (tx) => {
        const fresh = await tx.run(sql`
          insert into agreements.mark (agreement, organisation, name, at) values (${id}, ${organisation}, ${mark}, ${clock.now()})
          on conflict do nothing`);
        if (fresh === 0) return;
        if (stepName && stateAfter(kind, state, stepName)) await step(tx, actor, id, stepName);
        const facts = { id, kind: kind.name, code, subject, mark, endsOn, daysLeft: daysLeft(endsOn, today()) };
        await outbox.add(tx, agreementMarked, { organisation, place }, facts);
      });
    }
  }

  // Marks are kept by the last day as well: a period that was extended comes near its end anew.
  const due = (kind: AgreementKind, mark: string, states: readonly string[], when: ReturnType<typeof sql>) => sql<Due>`
    select a.id, a.organisation, a.place, a.kind, a.code, a.subject, a.state, a.starts_on::text as "startsOn", a.ends_on::text as "endsOn"
    from agreements.agreement a where a.kind = ${kind.name} and a.state = any(${states}) and ${when}
      and not exists (select from agreements.mark m where m.agreement = a.id and m.name = ${mark} || ':' || a.ends_on)
    order by a.id limit ${atOnce}`;

  async function sweep(
    kind: AgreementKind,
    mark: string,
    when: ReturnType<typeof sql>,
    stepName?: string,
  ): Promise<void> {
    const states = stepName ? (kind.steps[stepName]?.from ?? []) : kind.binding;
    for (;;) {
      const rows = await db.systemRead(due(kind, mark, states, when));
      const days = new Map<string, Due[]>();
      for (const row of rows) days.set(row.endsOn, [...(days.get(row.endsOn) ?? []), row]);
      for (const [endsOn, group] of days) await each(group, kind, `${mark}:${endsOn}`, stepName);
      if (rows.length < atOnce) return;
    }
  }

  return async function pass(): Promise<void> {
    const on = today();
    for (const kind of kinds.values()) {
      const { begin, near, succeed, over } = kind.clock;
      if (begin) await sweep(kind, 'began', sql`a.starts_on <= ${on}`, begin);
      for (const lead of [...kind.leads].sort((a, b) => b - a))
        await sweep(
          kind,
          `expiring-${lead}`,
          sql`a.ends_on >= ${on}::date and a.ends_on <= ${on}::date + ${lead}::int`,
        );
      const first = Math.max(...kind.leads);
      if (near)
        await sweep(kind, 'near', sql`a.ends_on >= ${on}::date and a.ends_on <= ${on}::date + ${first}::int`, near);
      const followed = sql`exists (select from agreements.agreement n where n.replaces = a.id and n.held @> (a.ends_on + 1))`;
      if (succeed) await sweep(kind, 'followed', sql`a.ends_on < ${on}::date and ${followed}`, succeed);
      if (over) await sweep(kind, 'expired', sql`a.ends_on < ${on}::date`, over);
    }
  };
}
