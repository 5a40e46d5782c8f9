import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { Actor } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { InputInvalid } from '@keystead/contracts/problem';
import { type FieldValue, type PartiesService, PersonalFieldInvalid, ResidentIdTaken } from '@keystead/data/parties';
import type { Kernel } from '@keystead/kernel/module';
import type { ApplicantCategory, Review } from './review.ts';
import type { Reviews } from './service.ts';

type Relation = Parameters<PartiesService['addMemberIn']>[3]['relation'];

export interface Application {
  readonly name: string;
  readonly placeId: string;
  /** Square metres the household has elsewhere. */
  readonly area: number;
  readonly category?: ApplicantCategory | undefined;
  readonly members: readonly { name: string; relation: Relation; fields: readonly FieldValue[] }[];
}

interface Parts extends Pick<Kernel, 'db' | 'clock'> {
  readonly parties: PartiesService;
  readonly households: HouseholdsService;
  readonly reviews: Pick<Reviews, 'openIn'>;
}

/** An application taken down at the desk: household, members and their data, file and review, all or nothing. */
export const createApplying = ({ db, clock, parties, households, reviews }: Parts) => ({
  /**
   * The review is a draft until its papers are there. Throws InputInvalid without exactly one applicant, PlaceMissing,
   * NotAllowed, and with pointers into `members` what values throw: PersonalFieldInvalid, ResidentIdTaken.
   */
  applyFor: (actor: Actor, { name, placeId, area, category, members }: Application): Promise<Review> =>
    db.transaction(actor.scope, async (tx) => {
      if (members.filter(({ relation }) => relation === 'applicant').length !== 1)
        throw new InputInvalid({ in: 'body' }, [{ pointer: '/members', code: 'one-applicant' }]);
      const { id: household } = await parties.addIn(tx, actor, { kind: 'household', name, placeId });
      const from = localDate(clock.now());
      for (const [index, { relation, ...person }] of members.entries())
        try {
          await parties.addMemberIn(tx, actor, household, { person, relation, from });
        } catch (cause) {
          if (cause instanceof PersonalFieldInvalid)
            throw new PersonalFieldInvalid(
              { ...cause.data },
              cause.errors.map((each) => ({ ...each, pointer: `/members/${index}${each.pointer}` })),
            );
          const at = person.fields.findIndex(({ field }) => field === 'resident-id');
          if (cause instanceof ResidentIdTaken)
            throw new ResidentIdTaken({}, [{ pointer: `/members/${index}/fields/${at}/value`, code: 'id-taken' }]);
          throw cause;
        }
      await households.openIn(tx, actor, household, 'application');
      return reviews.openIn(tx, actor, { household, kind: 'initial', area, category });
    }),
});
