import type { Actor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';

import { deviceClassOf, type EvidenceItem, isAbout, serviceGaps } from '@keystead/contracts/device-contract';
import { type FieldError, InputInvalid } from '@keystead/contracts/problem';
import { type Query, sql, type Tx } from '@keystead/kernel/db';
import { LifecycleGateShut, type LifecycleState } from '../lifecycle.ts';
import { locked, type Telling, type ThingDeps } from '../service.ts';
import type { Thing } from '../thing.ts';

const evidenceOf = (thing: number): Query<EvidenceItem> => sql<EvidenceItem>`
  select standard, certificate, verified_on::text as "verifiedOn", valid_until::text as "validUntil", record
  from things.evidence where thing = ${thing} order by standard`;

/** What no paper can be: named twice, ended before it began, verified on a day to come. Pointers begin at the list. */
export function evidenceFaults(items: readonly EvidenceItem[], today: string): FieldError[] {
  const faults: FieldError[] = [];
  items.forEach(({ standard, verifiedOn, validUntil }, at) => {
    if (
      items.some((other, before) => before < at && (other.standard === standard || isAbout(other.standard, standard)))
    )
      faults.push({ pointer: `/${at}/standard`, code: 'duplicate', detail: standard });
    if (verifiedOn > today) faults.push({ pointer: `/${at}/verifiedOn`, code: 'in-the-future', detail: verifiedOn });
    if (validUntil !== null && validUntil < verifiedOn)
      faults.push({ pointer: `/${at}/validUntil`, code: 'ends-before-it-begins', detail: validUntil });
  });
  return faults;
}

/** Papers of a device, and the gate they keep. */
export function createEvidence({ db, clock, models, tell }: ThingDeps & { tell: Telling }) {
  const today = (): string => localDate(clock.now());

  async function get(actor: Actor, id: string): Promise<EvidenceItem[]> {
    return db.transaction(actor.scope, async (tx) => tx.all(evidenceOf((await locked(tx, actor, id)).number)));
  }

  /** Replaces all papers of a device. Throws ThingMissing, InputInvalid. */
  async function put(actor: Actor, id: string, items: readonly EvidenceItem[]): Promise<EvidenceItem[]> {
    const faults = evidenceFaults(items, today());
    if (faults.length > 0) throw new InputInvalid({ in: 'body' }, faults);
    return db.transaction(actor.scope, async (tx) => {
      const thing = await locked(tx, actor, id);
      const before = await tx.all(evidenceOf(thing.number));
      await tx.run(sql`delete from things.evidence where thing = ${thing.number}`);
      await tx.run(sql`
        insert into things.evidence (organisation, thing, standard, certificate, verified_on, valid_until, record, at, by)
        select ${thing.organisation}, ${thing.number}, r.standard, r.certificate, r."verifiedOn", r."validUntil", r.record,
          ${clock.now()}, ${actor.name}
        from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
          as r(standard text, certificate text, "verifiedOn" date, "validUntil" date, record uuid)`);
      await tell(tx, actor, thing, 'evidence', { detail: { from: before, to: items } });
      return tx.all(evidenceOf(thing.number));
    });
  }

  /** Refuses to put a device in service that lacks a certificate it must have (H-6.5-0). Throws LifecycleGateShut. */
  async function checkService(tx: Tx, thing: Thing, to: LifecycleState): Promise<void> {
    if (to !== 'in-use') return;
    const model = await models.pick(tx, thing.organisation, thing.family, thing.modelVersion);
    const gaps = serviceGaps(deviceClassOf(model), await tx.all(evidenceOf(thing.number)), today());
    if (gaps.length === 0) return;
    const errors = gaps.map(({ subject, code }) => ({ pointer: '/papers', code, detail: subject }));
    throw new LifecycleGateShut({ to, clause: gaps[0]?.clause ?? '' }, errors);
  }

  return { get, put, checkService };
}

export type Evidence = ReturnType<typeof createEvidence>;
