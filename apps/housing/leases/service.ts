import {
  type Agreement,
  type AgreementChange,
  type AgreementDraft,
  AgreementMissing,
  type AgreementsService,
  type SignatureWish,
} from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { localDate, plusDays } from '@keystead/contracts/calendar';
import { InputInvalid } from '@keystead/contracts/problem';
import type { PlacesService } from '@keystead/data/places';
import { sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  checkPeriod,
  type LeaseFacts,
  LeaseFilingRefused,
  type LeaseKind,
  LeaseNotFollowable,
  lateTerm,
  lateWords,
  ownSteps,
  type RulesOf,
} from './lease.ts';

export interface LeaseWish {
  /** Place id of the house. */
  readonly house: string;
  readonly tenant: { party: string; name: string };
  readonly lessor: { party: string; name: string };
  readonly startsOn: string;
  readonly endsOn: string;
  readonly title: string;
  readonly terms: Readonly<Record<string, unknown>>;
  readonly fees: readonly { subject: string; basis: Readonly<Record<string, unknown>> }[];
}

/** What the next lease changes; the rest is as in the one before. */
export type NextWish = Partial<Omit<LeaseWish, 'startsOn' | 'endsOn'>> & { startsOn?: string; endsOn: string };

export interface Lease extends Agreement {
  readonly lease: LeaseFacts;
}

/** What the terms of a new lease keep of the wording it will be printed in; undefined while nobody prints. */
export type WordingOf = (tx: Tx, organisation: string, kind: LeaseKind) => Promise<object | undefined>;

type OwnStep = (typeof ownSteps)[number];

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & {
  agreements: AgreementsService;
  places: PlacesService;
  rules: RulesOf;
  wording: WordingOf;
};

const factColumns = sql.raw(`kind, previous, shortened_from::text as "shortenedFrom", signed_on::text as "signedOn",
  filing_due_on::text as "filingDueOn", filed_on::text as "filedOn", filing_number as "filingNumber"`);

export function createLeases({ db, clock, audit, agreements, places, rules, wording }: Parts) {
  const today = (): string => localDate(clock.now());

  async function factsOf(tx: Tx, id: string): Promise<LeaseFacts> {
    return tx.one(
      sql<LeaseFacts>`select ${factColumns} from leases.lease where agreement = ${id}`,
      () => new AgreementMissing({ id }),
    );
  }

  async function put(tx: Tx, actor: Actor, kind: LeaseKind, wish: LeaseWish, previous?: Agreement): Promise<Agreement> {
    const place = await places.pathOf(tx, actor.scope.organisation, wish.house);
    const { startsOn, endsOn, title } = wish;
    const { organisation } = actor.scope;
    const { latePermyriad } = await rules(tx, organisation, place);
    const template = await wording(tx, organisation, kind);
    const { template: _, ...wished } = wish.terms;
    const terms = { ...wished, [lateTerm]: lateWords(latePermyriad), ...(template ? { template } : {}) };
    const draft: AgreementDraft = {
      kind: 'lease',
      subject: wish.house,
      place,
      title,
      parties: [
        { role: 'tenant', ...wish.tenant },
        { role: 'lessor', ...wish.lessor },
      ],
      startsOn,
      endsOn,
      terms,
      fees: wish.fees.map((fee) => ({ ...fee, startsOn, endsOn: null })),
      ...(previous ? { replaces: previous.id } : {}),
    };
    const made = await agreements.draft(tx, actor, draft);
    await tx.run(sql`
      insert into leases.lease (agreement, organisation, place, kind, previous)
      values (${made.id}, ${made.organisation}, ${place}, ${kind}, ${previous?.id ?? null})`);
    return made;
  }

  /** 首签. Throws PlaceMissing, NotAllowed, LeasePeriodRefused. */
  async function createIn(tx: Tx, actor: Actor, wish: LeaseWish): Promise<Agreement> {
    const { organisation } = actor.scope;
    const place = await places.pathOf(tx, organisation, wish.house);
    checkPeriod(wish.startsOn, wish.endsOn, today(), await rules(tx, organisation, place));
    return put(tx, actor, 'first', wish);
  }

  /** The lease that was drafted or signed in the place of one, and stands. */
  const nextOf = (tx: Tx, id: string): Promise<{ id: string; code: string } | undefined> =>
    tx.maybe(sql<{ id: string; code: string }>`
      select a.id, a.code from agreements_pub.agreement a join leases.lease l on l.agreement = a.id
      where l.previous = ${id} and a.state not in ('void', 'archived') order by a.id limit 1`);

  /** 续签 and 重签: a new lease in the place of one that runs, be it for another house. Throws LeaseNotFollowable, LeasePeriodRefused. */
  async function followIn(
    tx: Tx,
    actor: Actor,
    id: string,
    kind: 'renewal' | 'resign',
    wish: NextWish,
  ): Promise<Agreement> {
    const before = await agreements.lock(tx, actor, id);
    if (!['effective', 'expiring', 'holdover'].includes(before.state))
      throw new LeaseNotFollowable({ state: before.state });
    const other = await nextOf(tx, id);
    if (other) throw new LeaseNotFollowable({ state: 'followed', next: other.code });
    const after = before.endsOn >= today() ? plusDays(before.endsOn, 1) : today();
    const startsOn = wish.startsOn ?? (kind === 'renewal' ? after : plusDays(today(), 1));
    if (kind === 'renewal' && startsOn <= before.endsOn) throw new LeaseNotFollowable({ endsOn: before.endsOn });
    if (startsOn <= before.startsOn) throw new LeaseNotFollowable({ startsOn: before.startsOn });
    checkPeriod(startsOn, wish.endsOn, today(), await rules(tx, actor.scope.organisation, before.place));
    const party = (role: string) => {
      const found = before.parties.find((each) => each.role === role);
      return { party: found?.party ?? '', name: found?.name ?? '' };
    };
    const [versions, fees] = [await agreements.versions(actor, id), await agreements.fees(actor, id)];
    const next: LeaseWish = {
      house: before.subject,
      tenant: party('tenant'),
      lessor: party('lessor'),
      title: before.title,
      terms: versions.at(-1)?.terms ?? {},
      // What is paid once was: a deposit goes over to the next lease and is not asked for anew.
      fees: fees
        .filter(({ endsOn, basis }) => endsOn === null && basis.kind !== 'once')
        .map(({ subject, basis }) => ({ subject, basis })),
      ...wish,
      startsOn,
    };
    return put(tx, actor, kind, next, before);
  }

  /** Makes room for a lease that follows another: that one ends the day before, or is over if its tenant stayed on. */
  async function makeRoom(tx: Tx, actor: Actor, next: Agreement, facts: LeaseFacts): Promise<void> {
    if (!facts.previous) return;
    const before = await agreements.lock(tx, actor, facts.previous);
    if (before.state === 'holdover') await agreements.step(tx, actor, before.id, 'end', `${next.code} 续签/重签`);
    else if (before.endsOn >= next.startsOn) {
      const wish = { endsOn: plusDays(next.startsOn, -1), reason: `${next.code} 重签` };
      await agreements.change(tx, actor, before.id, wish);
      await tx.run(sql`update leases.lease set shortened_from = ${before.endsOn} where agreement = ${next.id}`);
    }
  }

  /** What was made room for is not to come: the lease before runs as long as it did. */
  async function giveBack(tx: Tx, actor: Actor, next: Agreement, facts: LeaseFacts): Promise<void> {
    if (!facts.previous || !facts.shortenedFrom) return;
    const wish = { endsOn: facts.shortenedFrom, reason: `${next.code} 撤回` };
    await agreements.change(tx, actor, facts.previous, wish);
    await tx.run(sql`update leases.lease set shortened_from = null where agreement = ${next.id}`);
  }

  /**
   * The same step of leases that make room for one another, as when two households change houses: all make room before
   * any is submitted, none is given back before all are gone.
   */
  async function stepTogether(
    tx: Tx,
    actor: Actor,
    ids: readonly string[],
    name: OwnStep,
    reason: string,
  ): Promise<Agreement[]> {
    if (!ownSteps.includes(name)) throw new InputInvalid({ in: 'body' }, [{ pointer: '/step', code: 'unknown' }]);
    const pairs: { before: Agreement; facts: LeaseFacts }[] = [];
    for (const id of ids) pairs.push({ before: await agreements.lock(tx, actor, id), facts: await factsOf(tx, id) });
    if (name === 'submit') for (const { before, facts } of pairs) await makeRoom(tx, actor, before, facts);
    const after: Agreement[] = [];
    for (const id of ids) after.push(await agreements.step(tx, actor, id, name, reason));
    if (name === 'void' || name === 'withdraw')
      for (const { before, facts } of pairs) await giveBack(tx, actor, before, facts);
    return after;
  }

  /** Throws AgreementStepRefused, AgreementOverlaps when the house is taken, HouseStepRefused, InputInvalid. */
  async function stepIn(tx: Tx, actor: Actor, id: string, name: OwnStep, reason: string): Promise<Agreement> {
    const [after] = await stepTogether(tx, actor, [id], name, reason);
    if (!after) throw new AgreementMissing({ id });
    return after;
  }

  /** Signs on behalf of a party. The last signature starts the days within which the lease is to be filed. */
  async function signIn(tx: Tx, actor: Actor, id: string, wish: SignatureWish): Promise<Agreement> {
    const after = await agreements.sign(tx, actor, id, wish);
    if (after.state === 'signed') {
      const { filingDays } = await rules(tx, after.organisation, after.place);
      await tx.run(sql`
          update leases.lease set signed_on = ${today()}, filing_due_on = ${plusDays(today(), filingDays)} where agreement = ${id}`);
    }
    // Nobody waits for the next round of the calendar on the day he moves in.
    return after.state === 'signed' && after.startsOn <= today() ? agreements.step(tx, actor, id, 'begin') : after;
  }

  /** 备案. Throws LeaseFilingRefused. */
  async function file(actor: Actor, id: string, number: string): Promise<LeaseFacts> {
    return db.transaction(actor.scope, async (tx) => {
      const agreement = await agreements.lock(tx, actor, id);
      const facts = await factsOf(tx, id);
      if (!facts.signedOn || facts.filedOn || agreement.state === 'void')
        throw new LeaseFilingRefused({ state: agreement.state, filedOn: facts.filedOn });
      await tx.run(
        sql`update leases.lease set filed_on = ${today()}, filing_number = ${number} where agreement = ${id}`,
      );
      await audit.add(tx, actor, {
        action: 'lease.file',
        subject: `agreement:${id}`,
        place: agreement.place,
        detail: { number },
      });
      return factsOf(tx, id);
    });
  }

  /** Changes the wording of a lease; which template it is printed from stays, and what delay costs. Throws as `agreements.change` does. */
  async function change(
    actor: Actor,
    id: string,
    wish: AgreementChange & { reason?: string },
    version?: number,
  ): Promise<Agreement> {
    const known = wish.terms && (await agreements.versions(actor, id)).at(-1)?.terms;
    const { template: _, [lateTerm]: __, ...wished } = wish.terms ?? {};
    const kept = Object.entries(known ?? {}).filter(([name]) => name === 'template' || name === lateTerm);
    const terms = wish.terms && { terms: { ...wished, ...Object.fromEntries(kept) } };
    return db.transaction(actor.scope, (tx) => agreements.change(tx, actor, id, { ...wish, ...terms }, version));
  }

  /** The lease that took the place of one for the same house, if it is signed. */
  async function followerOf(tx: Tx, id: string): Promise<string | undefined> {
    const found = await tx.maybe(sql<{ id: string }>`
      select n.agreement as id from leases.lease n join agreements_pub.agreement a on a.id = n.agreement
        join agreements_pub.agreement b on b.id = n.previous and b.subject = a.subject
      where n.previous = ${id} and a.state in ('signed', 'effective', 'expiring')`);
    return found?.id;
  }

  async function get(actor: Actor, id: string): Promise<Lease> {
    const agreement = await agreements.get(actor, id);
    const lease = await db.transaction(actor.scope, (tx) => factsOf(tx, id));
    return { ...agreement, lease };
  }

  return {
    createIn,
    followIn,
    stepIn,
    stepTogether,
    signIn,
    create: (actor: Actor, wish: LeaseWish) => db.transaction(actor.scope, (tx) => createIn(tx, actor, wish)),
    step: (actor: Actor, id: string, name: OwnStep, reason: string) =>
      db.transaction(actor.scope, (tx) => stepIn(tx, actor, id, name, reason)),
    sign: (actor: Actor, id: string, wish: SignatureWish) =>
      db.transaction(actor.scope, (tx) => signIn(tx, actor, id, wish)),
    follow: (actor: Actor, id: string, kind: 'renewal' | 'resign', wish: NextWish) =>
      db.transaction(actor.scope, (tx) => followIn(tx, actor, id, kind, wish)),
    file,
    followerOf,
    nextOf,
    get,
    today,
    change,
  };
}

export type LeaseWork = ReturnType<typeof createLeases>;
