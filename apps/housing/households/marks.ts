import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { MemberMissing } from '@keystead/data/parties';
import type { HouseholdParts } from './dossiers.ts';
import { HouseholdMissing, type Mark, type MarkKind, MarkMissing, MarkStanding } from './household.ts';
import * as store from './store.ts';

export interface MarkDraft {
  readonly person: string;
  readonly kind: MarkKind;
  readonly source: string;
  readonly evidence?: string;
  readonly validFrom: string;
  readonly validTo?: string;
}

const listLimit = 1000;

/** Who needs care 特殊人群标记. The routes ask for the care rights; nothing of this is told in events. */
export function createMarks({ db, clock, audit, parties, today }: HouseholdParts) {
  return {
    /** Marks a present member. Throws HouseholdMissing, MemberMissing, MarkStanding. */
    mark: (actor: Actor, household: string, draft: MarkDraft): Promise<Mark> =>
      db.transaction(actor.scope, async (tx) => {
        const file = await tx.one(
          store.lockFile(actor.scope, household),
          () => new HouseholdMissing({ id: household }),
        );
        const { person, kind, source, validFrom } = draft;
        if (!(await parties.membersIn(tx, household)).some((member) => member.person === person))
          throw new MemberMissing({ household, person });
        const mark: Mark = {
          ...{ id: newId(), household, person, kind, source, validFrom, endedAt: null },
          evidence: draft.evidence ?? null,
          validTo: draft.validTo ?? null,
        };
        if ((await store.addMark(tx, file, mark, actor.id, clock.now())) === 0)
          throw new MarkStanding({ person, kind });
        await audit.add(tx, actor, {
          action: 'mark.add',
          subject: `household:${household}`,
          place: file.place,
          detail: { mark: mark.id, source, validFrom, validTo: mark.validTo },
        });
        return mark;
      }),

    end: (actor: Actor, id: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const mark = await tx.one(store.markById(actor.scope, id), () => new MarkMissing({ id }));
        if (mark.endedAt !== null) throw new MarkMissing({ id });
        await store.endMark(tx, id, clock.now());
        const detail = { mark: id };
        await audit.add(tx, actor, {
          action: 'mark.end',
          subject: `household:${mark.household}`,
          place: mark.place,
          detail,
        });
      }),

    /** Everybody who is marked today, in the places of the actor. */
    list: (actor: Actor): Promise<Mark[]> => db.read(actor.scope, store.marksInView(actor.scope, today(), listLimit)),
  };
}

export type Marks = ReturnType<typeof createMarks>;
