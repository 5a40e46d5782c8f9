import type { CasesService } from '@keystead/apps/work/cases';
import { type Actor, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, type FieldError } from '@keystead/contracts/problem';
import { type Change, type FieldId, type MaskedChange, MemberMissing } from '@keystead/data/parties';
import type { Tx } from '@keystead/kernel/db';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Dossiers, HouseholdParts } from './dossiers.ts';
import {
  ChangeDecided,
  ChangeInvalid,
  type ChangeKind,
  ChangeMissing,
  ChangeOpen,
  type ChangeState,
  fileCode,
  type HouseholdChange,
  OwnChange,
} from './household.ts';
import * as store from './store.ts';

export interface ChangeDraft {
  readonly kind: ChangeKind;
  /** Whose income; left out for the household itself. */
  readonly person?: string;
  readonly change: Change;
  /** Files that prove it; at least one. */
  readonly evidence: readonly string[];
  readonly note?: string;
}

const fieldsOf: Readonly<Record<ChangeKind, readonly FieldId[]>> = {
  income: ['income', 'assets', 'employer'],
  members: [],
  housing: ['housing', 'postal-address'],
};

/** Throws ChangeInvalid: a change of one kind brings what belongs to it, and proof. */
function check({ kind, person, change, evidence }: ChangeDraft): void {
  const errors: FieldError[] = [];
  const { fields = [], join = [], leave = [] } = change;
  fields.forEach(({ field }, index) => {
    if (!fieldsOf[kind].includes(field))
      errors.push({ pointer: `/change/fields/${index}/field`, code: 'of-another-kind' });
  });
  if (kind !== 'members' && join.length + leave.length > 0)
    errors.push({ pointer: '/change', code: 'of-another-kind' });
  if (kind !== 'income' && person !== undefined) errors.push({ pointer: '/person', code: 'of-another-kind' });
  if (fields.length + join.length + leave.length === 0) errors.push({ pointer: '/change', code: 'required' });
  if (evidence.length === 0) errors.push({ pointer: '/evidence', code: 'evidence-missing' });
  if (errors.length > 0) throw new ChangeInvalid({ kind }, errors);
}

type Parts = HouseholdParts & { dossiers: Dossiers; cases: CasesService };

/** Changes a household tells of itself (H-9.1.2-d): sealed and waiting, until somebody else decides. */
export function createChanges({ db, clock, audit, parties, records, cases, dossiers }: Parts) {
  const find = (tx: Tx, actor: Actor, id: string): Promise<HouseholdChange> =>
    tx.one(store.changeById(actor.scope, id), () => new ChangeMissing({ id }));

  async function note(
    tx: Tx,
    actor: Actor,
    change: HouseholdChange,
    step: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const { household, place, organisation, id, kind, caseCode } = change;
    await audit.add(tx, actor, {
      action: `household-change.${step}`,
      subject: `household:${household}`,
      place,
      detail: { change: id, kind, case: caseCode, ...detail },
    });
    await dossiers.tell(tx, { organisation, place, household }, `change-${step}`);
  }

  /** Throws HouseholdMissing, MemberMissing, ChangeInvalid, ChangeOpen, RecordMissing and what proposing throws. */
  async function submit(actor: Actor, household: string, draft: ChangeDraft): Promise<HouseholdChange> {
    check(draft);
    for (const file of draft.evidence) await records.get(actor, file);
    return db.transaction(actor.scope, async (tx) => {
      const file = await dossiers.find(tx, actor, household);
      const members = await parties.membersIn(tx, household);
      if (draft.person && !members.some(({ person }) => person === draft.person))
        throw new MemberMissing({ household, person: draft.person });
      const open = await tx.all(store.changes(actor.scope, { household, state: 'submitted', limit: 10 }));
      if (open.some(({ kind }) => kind === draft.kind)) throw new ChangeOpen({ kind: draft.kind });
      const party = draft.person ?? household;
      const proposal = await parties.proposals.propose(tx, actor, party, draft.change);
      const platform = systemActor('households', actor.scope.organisation);
      const work = await cases.openIn(tx, platform, {
        kind: 'household-change',
        title: draft.kind,
        category: draft.kind,
        place: file.place,
        subjects: [{ kind: 'household', id: household, label: fileCode(file.number) }],
        requester: { id: actor.id, name: actor.name },
        source: 'self-service',
      });
      const change: HouseholdChange = {
        ...{
          id: newId(),
          organisation: file.organisation,
          place: file.place,
          household,
          fileNumber: file.number,
          party,
          kind: draft.kind,
          proposal,
        },
        evidence: draft.evidence,
        note: draft.note ?? '',
        state: 'submitted',
        caseId: work.id,
        caseCode: work.code,
        submittedAt: clock.now(),
        submittedBy: actor.id,
        ...{ decidedAt: null, decidedBy: null, reason: null, version: 1 },
      };
      await store.addChange(tx, change);
      await note(tx, actor, change, 'submitted', { evidence: draft.evidence.length });
      return change;
    });
  }

  async function end(tx: Tx, actor: Actor, change: HouseholdChange, state: ChangeState, reason: string): Promise<void> {
    if (state === 'approved')
      await parties.proposals.apply(tx, actor, change.proposal, `household-change:${change.caseCode}`);
    else await parties.proposals.drop(tx, change.proposal);
    await store.decideChange(tx, change.id, state, actor.id, reason, clock.now());
    await cases.settleIn(tx, actor, change.caseId, reason);
    await note(tx, actor, change, state, { reason });
  }

  return {
    submit,

    /**
     * Decides; only now the data change, or nothing of what was asked is kept. Throws ChangeMissing, ChangeDecided,
     * EditConflict, OwnChange and what applying throws.
     */
    decide: (actor: Actor, id: string, approved: boolean, reason: string, version?: number): Promise<HouseholdChange> =>
      db.transaction(actor.scope, async (tx) => {
        const change = await find(tx, actor, id);
        if (version !== undefined && version !== change.version) throw new EditConflict({ version: change.version });
        if (change.state !== 'submitted') throw new ChangeDecided({ id, state: change.state });
        if (change.submittedBy === actor.id) throw new OwnChange({ id });
        await end(tx, actor, change, approved ? 'approved' : 'refused', reason);
        return find(tx, actor, id);
      }),

    /** Taken back by whoever asked for it. Throws ChangeMissing, ChangeDecided. */
    withdraw: (actor: Actor, id: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const change = await find(tx, actor, id);
        if (change.submittedBy !== actor.id) throw new ChangeMissing({ id });
        if (change.state !== 'submitted') throw new ChangeDecided({ id, state: change.state });
        await end(tx, actor, change, 'withdrawn', 'withdrawn');
      }),

    list: async (actor: Actor, asked: { household?: string; state?: ChangeState; limit: number; cursor?: string }) => {
      const { cursor, limit, ...filter } = asked;
      const rows = await db.read(
        actor.scope,
        store.changes(actor.scope, { ...filter, ...(cursor ? { after: readCursor(cursor) } : {}), limit: limit + 1 }),
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items, next: rows.length > limit && last ? writeCursor(last.submittedAt, last.id) : null };
    },

    /** What is asked for, masked. */
    shown: (actor: Actor, id: string): Promise<{ change: HouseholdChange; asked: MaskedChange }> =>
      db.transaction(actor.scope, async (tx) => {
        const change = await find(tx, actor, id);
        return { change, asked: await parties.proposals.shown(tx, change.proposal) };
      }),

    /** What is asked for, in plain, for a reason the person can read later. */
    reveal: (actor: Actor, id: string, reason: string): Promise<Change> =>
      db.transaction(actor.scope, async (tx) => {
        const change = await find(tx, actor, id);
        if (change.state !== 'submitted') throw new ChangeDecided({ id, state: change.state });
        return parties.proposals.reveal(tx, actor, change.proposal, reason);
      }),
  };
}

export type Changes = ReturnType<typeof createChanges>;
