import type { Actor } from '@keystead/contracts/access';
import { inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { NotAllowed } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';
import { type Answer, differing } from './judgement.ts';
import { InquiryMissing, type Review, ReviewMissing, type SourceKind } from './review.ts';
import type { AskSource } from './source.ts';
import * as store from './store.ts';

const attemptsAtMost = 8;
const dueAtOnce = 20;
const answerWithinMs = 20_000;
const reason = 'eligibility-check';

interface Due {
  readonly id: string;
  readonly application: string;
  readonly organisation: OrganisationId;
  readonly person: string;
  readonly source: SourceKind;
  readonly attempts: number;
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit' | 'settings' | 'log'> & { parties: PartiesService; ask: AskSource };

/** Questions to authorities 资格核查: asked for every member, again when there is no answer, compared with what was declared. */
export function createChecks({ db, clock, audit, settings, log, parties, ask }: Parts) {
  let known: Envelope | undefined;
  const envelope = (): Envelope => {
    known ??= openEnvelope(settings.DATA_DIR);
    return known;
  };
  const secretOf = (organisation: string, kind: string): string => `check-source:${organisation}:${kind}`;

  async function addressOf(tx: Tx, organisation: string, kind: SourceKind) {
    const [row] = await tx.all(sql<{ url: string; secret: Buffer }>`
      select url, secret from eligibility.source where organisation = ${organisation} and kind = ${kind}`);
    return (
      row && { url: row.url, secret: envelope().unwrap(secretOf(organisation, kind), row.secret).toString('utf8') }
    );
  }

  /** What a person declared of himself; the area is the household's and stands with the review. */
  async function declaredBy(tx: Tx, actor: Actor, person: string, area: number): Promise<Answer> {
    const values = await parties.use(tx, actor, person, ['income', 'assets'], reason);
    const amount = (field: string): number => Number(values.find((each) => each.field === field)?.value ?? 0);
    return { income: amount('income'), assets: amount('assets'), area };
  }

  async function settle(due: Due, answer: Answer | undefined): Promise<void> {
    const actor = systemActor('eligibility.checks', due.organisation);
    const at = clock.now();
    await db.systemTransaction(async (tx) => {
      if (answer === undefined) {
        const next = new Date(at.getTime() + 60_000 * 2 ** due.attempts);
        const state = due.attempts + 1 >= attemptsAtMost ? 'unanswered' : 'pending';
        await tx.run(sql`update eligibility.inquiry set attempts = attempts + 1, next_at = ${next}, state = ${state}
          where id = ${due.id} and state = 'pending'`);
        return;
      }
      const [review] = await tx.all(store.reviewById(actor.scope, due.application));
      if (!review) return;
      const person = await parties.active(tx, actor, due.person);
      const differs = differing(await declaredBy(tx, actor, due.person, review.area), answer);
      const sealed = await parties.sealText(tx, person, `inquiry:${due.id}`, JSON.stringify(answer));
      await tx.run(sql`update eligibility.inquiry set state = ${differs.length > 0 ? 'conflict' : 'agrees'}, differs = ${differs},
        answer = ${sealed}, answered_at = ${at}, attempts = attempts + 1 where id = ${due.id} and state = 'pending'`);
    });
  }

  async function askOne(due: Due, signal: AbortSignal): Promise<void> {
    const actor = systemActor('eligibility.checks', due.organisation);
    const asked = await db.systemTransaction(async (tx) => {
      const address = await addressOf(tx, due.organisation, due.source);
      const [person] = await parties.getMany(tx, actor, [due.person]);
      if (!address || person?.state !== 'active') return undefined;
      const [number] = await parties.use(tx, actor, due.person, ['resident-id'], reason);
      return number && { address, inquiry: { id: due.id, name: person.name, residentId: number.value } };
    });
    if (!asked) return settle(due, undefined);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]);
    const answer = await ask(asked.address, asked.inquiry, clock.now(), limit).catch((cause: unknown) => {
      log.warn({ err: cause, inquiry: due.id, source: due.source }, 'an authority did not answer');
      return undefined;
    });
    await settle(due, answer);
  }

  return {
    /** Sets where an authority answers. Only for the whole organisation; the secret is stored sealed. */
    setSource: async (actor: Actor, kind: SourceKind, url: string, secret: string): Promise<void> => {
      if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
      const { organisation } = actor.scope;
      const sealed = envelope().wrap(secretOf(organisation, kind), Buffer.from(secret));
      await db.transaction(actor.scope, async (tx) => {
        await tx.run(sql`insert into eligibility.source (organisation, kind, url, secret, set_at)
          values (${organisation}, ${kind}, ${url}, ${sealed}, ${clock.now()})
          on conflict (organisation, kind) do update set url = excluded.url, secret = excluded.secret, set_at = excluded.set_at`);
        await audit.add(tx, actor, { action: 'check-source.set', subject: `check-source:${kind}`, detail: { url } });
      });
    },

    sources: (actor: Actor) =>
      db.read(
        actor.scope,
        sql<{ kind: SourceKind; url: string }>`select kind, url from eligibility.source
          where organisation = ${actor.scope.organisation} order by kind`,
      ),

    /** Writes down what is to be asked for a review: every source of the organisation for every member. */
    begin: async (tx: Tx, review: Review, persons: readonly string[]): Promise<void> => {
      const sources = await tx.all(sql<{ kind: SourceKind }>`
        select kind from eligibility.source where organisation = ${review.organisation}`);
      for (const person of persons)
        for (const { kind } of sources) await store.addInquiry(tx, newId(), review, person, kind, clock.now());
    },

    /** Somebody answers for it that an answer is not waited for, or is no conflict. Throws ReviewMissing, InquiryMissing. */
    waive: (actor: Actor, application: string, id: string, why: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        const review = await tx.one(
          store.reviewById(actor.scope, application),
          () => new ReviewMissing({ id: application }),
        );
        if ((await store.waiveInquiry(tx, application, id, why)) === 0) throw new InquiryMissing({ id });
        await audit.add(tx, actor, {
          action: 'eligibility.waive-check',
          subject: `household:${review.household}`,
          place: review.place,
          detail: { review: application, inquiry: id, reason: why },
        });
      }),

    declaredBy,

    /** Asks what is due; answers how many were asked. */
    askDue: async (signal: AbortSignal): Promise<number> => {
      const due = await db.systemRead(sql<Due>`
        select id, application, organisation, person, source, attempts from eligibility.inquiry
        where state = 'pending' and next_at <= ${clock.now()} order by next_at limit ${dueAtOnce}`);
      await Promise.all(due.map((each) => askOne(each, signal)));
      return due.length;
    },
  };
}

export type Checks = ReturnType<typeof createChecks>;
