import type { HandlingService, Photo, StepDetail } from '@keystead/apps/housing/handling';
import type { HouseholdsService } from '@keystead/apps/housing/households';
import type { LeasesService } from '@keystead/apps/housing/leases';
import type { PolicyService } from '@keystead/apps/housing/policy';
import { HouseMissing, monthlyRent, type StockService } from '@keystead/apps/housing/stock';
import { AgreementMissing, type AgreementsService } from '@keystead/apps/work/agreements';
import { type Actor, inScope } from '@keystead/contracts/access';
import { plusDays } from '@keystead/contracts/calendar';
import { moveInChanged } from '@keystead/contracts/events/movein';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import type { PartiesService } from '@keystead/data/parties';
import type { RecordsService } from '@keystead/data/records';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { renderPaper } from '@keystead/kernel/pdf';
import { handoverPaper } from './form.ts';
import {
  type HandoverWish,
  LessorMissing,
  type Process,
  type ProcessFilter,
  ProcessMissing,
  ProcessOpen,
  ProcessStepRefused,
  processCode,
} from './process.ts';
import * as store from './store.ts';

export interface MoveInParts extends Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'> {
  readonly agreements: AgreementsService;
  readonly handling: HandlingService;
  readonly households: HouseholdsService;
  readonly leases: LeasesService;
  readonly parties: PartiesService;
  readonly policy: PolicyService;
  readonly records: RecordsService;
  readonly stock: StockService;
}

/** Leases that run: who holds one may check in. */
const running = ['effective', 'expiring', 'holdover'];
const yearsLater = (date: string, years: number): string =>
  plusDays(`${Number(date.slice(0, 4)) + years}${date.slice(4).replace('02-29', '02-28')}`, -1);

/** The one flow 配租 → 合同 → 入住: each step takes what the one before left, nothing is typed twice (H-9.2.1-a). */
export function createMoveIns(parts: MoveInParts) {
  const { db, clock, audit, outbox, agreements, handling, households, leases, parties, policy, records, stock } = parts;
  const find = (tx: Tx, actor: Actor, id: string): Promise<Process> =>
    tx.one(store.processById(actor.scope, id), () => new ProcessMissing({ id }));

  async function told(tx: Tx, actor: Actor, from: string, after: Process, detail: StepDetail = {}): Promise<void> {
    const { id, household, house, lease, state } = after;
    await outbox.add(tx, moveInChanged, after, { id, household, house, from, to: state });
    await handling.note(tx, actor, store.trail, after, { from, to: state, household, house, lease, ...detail });
  }

  /** Opens the way of a household into a house that is reserved for it. Throws ProcessOpen, HouseMissing, HouseholdMissing. */
  async function beginIn(
    tx: Tx,
    actor: Actor,
    wish: { household: string; house: string; plan?: string },
  ): Promise<Process> {
    const standing = await stock.standingIn(tx, actor, wish.house);
    if (!standing) throw new HouseMissing({ id: wish.house });
    const { name } = await parties.active(tx, actor, wish.household);
    const { organisation } = actor.scope;
    const process = {
      ...{ id: newId(), organisation, place: standing.place, household: wish.household, householdName: name },
      ...{ house: wish.house, plan: wish.plan ?? null, state: 'allocated' as const, openedAt: clock.now() },
    };
    if ((await store.add(tx, process)) === 0) throw new ProcessOpen({ house: wish.house });
    const made = await find(tx, actor, process.id);
    await told(tx, actor, '', made);
    return made;
  }

  /** Terms and fees of the lease out of the file of the house: rent by area, the deposit, what is metered. */
  async function termsOf(actor: Actor, house: string) {
    const { row } = await stock.get(actor, house);
    const { dossier, attributes } = row;
    const area = typeof attributes.floorArea === 'number' ? attributes.floorArea : 0;
    const rent = monthlyRent(row);
    const deposit = dossier.lease?.deposit ?? 0;
    const fees = [
      ...(rent > 0 ? [{ subject: 'rent', basis: { kind: 'fixed', amount: rent } }] : []),
      ...(deposit > 0 ? [{ subject: 'deposit', basis: { kind: 'once', amount: deposit } }] : []),
      ...['water', 'electricity'].map((subject) => ({ subject, basis: { kind: 'metered' } })),
    ];
    const terms = {
      use: '居住',
      address: dossier.location?.address ?? row.name,
      area,
      structure: dossier.building?.structure ?? '',
      layout: attributes.layout ?? '',
    };
    return { fees, terms, title: `公租房租赁合同 ${row.name}` };
  }

  /** Drafts the lease and sends it out for signing. Throws ProcessMissing, ProcessStepRefused, LessorMissing, LeasePeriodRefused, AgreementOverlaps. */
  async function contract(actor: Actor, id: string, wish: { startsOn?: string }, version?: number): Promise<Process> {
    return db.transaction(actor.scope, async (tx) => {
      const before = await find(tx, actor, id);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      if (before.state !== 'allocated') throw new ProcessStepRefused({ state: before.state });
      const lessor = await tx.one(store.lessorOf(before.organisation), () => new LessorMissing({}));
      const rules = await policy.at(tx, before.organisation, clock.now(), before.place);
      const startsOn = wish.startsOn ?? leases.today();
      const lease = await leases.createIn(tx, actor, {
        ...(await termsOf(actor, before.house)),
        house: before.house,
        tenant: { party: before.household, name: before.householdName },
        lessor,
        startsOn,
        endsOn: yearsLater(startsOn, rules.value('lease-term-years')),
      });
      await leases.stepIn(tx, actor, lease.id, 'submit', '');
      const after: Process = { ...before, state: 'contract', lease: lease.id, contractAt: clock.now() };
      await store.save(tx, after);
      await told(tx, actor, before.state, after);
      return find(tx, actor, id);
    });
  }

  /**
   * Check-in 入住登记: the handover is written down and the house is occupied in the same transaction (H-9.1.2-a-1,
   * H-9.1.1-b-2). Throws ProcessStepRefused before the lease runs, HouseStepRefused, RecordMissing for a photo that is none.
   */
  async function checkInAs(actor: Actor, id: string, wish: HandoverWish): Promise<Process> {
    return db.transaction(actor.scope, async (tx) => {
      const before = await find(tx, actor, id);
      if (before.state !== 'contract' || !before.lease) throw new ProcessStepRefused({ state: before.state });
      const lease = await agreements.lock(tx, actor, before.lease);
      if (!running.includes(lease.state)) throw new ProcessStepRefused({ state: before.state, lease: lease.state });
      for (const photo of wish.photos) await records.get(actor, photo);
      const at = clock.now();
      const handover = { ...wish, id: newId(), at, actorName: actor.name };
      await store.addHandover(tx, before, handover, actor.id);
      await stock.stepIn(tx, actor, before.house, 'move-in', { lease: lease.id, handover: handover.id });
      const after: Process = { ...before, state: 'checked-in', checkedInAt: at };
      await store.save(tx, after);
      await told(tx, actor, before.state, after, { handover: handover.id, photos: wish.photos.length });
      return find(tx, actor, id);
    });
  }

  async function cancelIn(tx: Tx, actor: Actor, id: string, reason: string): Promise<Process> {
    const before = await find(tx, actor, id);
    if (before.state !== 'allocated' && before.state !== 'contract')
      throw new ProcessStepRefused({ state: before.state });
    if (before.lease) await leases.stepIn(tx, actor, before.lease, 'void', reason);
    else if ((await stock.standingIn(tx, actor, before.house))?.state === 'reserved')
      await stock.stepIn(tx, actor, before.house, 'lapse');
    const after: Process = { ...before, state: 'cancelled' };
    await store.save(tx, after);
    await told(tx, actor, before.state, after, { reason });
    return after;
  }

  /** Ends the ways in of a household for which both have not signed yet; answers them. Their houses are free again. */
  async function endIn(tx: Tx, actor: Actor, household: string, reason: string): Promise<Process[]> {
    const ended: Process[] = [];
    for (const { id } of await tx.all(store.unsignedOf(actor.scope.organisation, household)))
      ended.push(await cancelIn(tx, actor, id, reason));
    return ended;
  }

  async function view(actor: Actor, process: Process) {
    const lease = process.lease ? await agreements.get(actor, process.lease) : undefined;
    const digest = process.lease ? await agreements.textDigest(actor, process.lease) : null;
    const [handover] = await db.read(actor.scope, store.handoverOf(process.id));
    const history = await db.read(actor.scope, store.trail.of(process.id));
    return { process, lease: lease ?? null, digest, handover: handover ?? null, history };
  }

  /** The person's own way in: the reach is the house it leads to, and nothing else. Throws ProcessMissing. */
  async function mine(actor: Actor, open = false): Promise<{ process: Process; as: Actor }> {
    const { household } = await households.own.home(actor);
    const found = await db.systemRead(store.processesOf(actor.scope.organisation, household));
    const process = open ? found.find(({ state }) => state === 'contract') : found[0];
    if (!process) throw new ProcessMissing({});
    return { process, as: { ...actor, scope: { ...actor.scope, subtrees: [process.place] } } };
  }

  /** A photo of the house as it is handed over. */
  const putPhoto = (actor: Actor, { id, place }: Process, photo: Photo) =>
    handling.putPhoto(actor, `move-in:${id}`, place, photo);
  const line = async (actor: Actor, id: string) => {
    const [found] = await db.read(actor.scope, store.lineById(actor.scope, id));
    if (!found) throw new ProcessMissing({ id });
    return found;
  };

  return {
    beginIn,
    contract,
    termsOf,
    endIn,
    cancel: async (actor: Actor, id: string, reason: string): Promise<void> => {
      await db.transaction(actor.scope, (tx) => cancelIn(tx, actor, id, reason));
    },
    checkIn: checkInAs,
    begin: (actor: Actor, wish: { household: string; house: string }, until: Date) =>
      db.transaction(actor.scope, async (tx) => {
        await stock.stepIn(tx, actor, wish.house, 'reserve', { until });
        return beginIn(tx, actor, wish);
      }),
    list: (actor: Actor, filter: ProcessFilter) => db.read(actor.scope, store.processes(actor.scope, filter)),
    counts: (actor: Actor) => db.read(actor.scope, store.processCounts(actor.scope)),
    get: async (actor: Actor, id: string) => view(actor, await line(actor, id)),
    /** The handover as an A4 form: filled in after check-in, to be filled in by hand before. Throws ProcessMissing. */
    form: async (actor: Actor, id: string): Promise<{ name: string; content: Buffer }> => {
      const whole = await view(actor, await line(actor, id));
      const { row } = await stock.get(actor, whole.process.house);
      const photos = await records.list(actor, { subject: `move-in:${id}`, limit: 200 });
      const taken = photos.items.filter((each) => whole.handover?.photos.includes(each.id));
      const house = { name: row.name, address: row.dossier.location?.address ?? '' };
      const paper = handoverPaper({ ...whole, house, photos: taken, at: clock.now() });
      return { name: `${processCode(whole.process.number)}.pdf`, content: await renderPaper(paper) };
    },
    /** Photos taken by staff, kept before they are named by the handover. Throws ProcessMissing. */
    putPhoto: async (actor: Actor, id: string, photo: Photo) => putPhoto(actor, await line(actor, id), photo),
    lessor: async (actor: Actor) => (await db.read(actor.scope, store.lessorOf(actor.scope.organisation)))[0] ?? null,
    /** Meter readings a lease began with; empty when nobody wrote any down. */
    readingsOf: async (tx: Tx, lease: string): Promise<Record<string, number>> =>
      (await tx.maybe(store.readingsOf(lease)))?.readings ?? {},
    setLessor: (actor: Actor, party: string): Promise<void> =>
      db.transaction(actor.scope, async (tx) => {
        if (!inScope(actor.scope, '')) throw new NotAllowed({ reason: 'whole-organisation' });
        const { id, name } = await parties.active(tx, actor, party);
        await store.setLessor(tx, actor.scope.organisation, { party: id, name }, clock.now());
        await audit.add(tx, actor, { action: 'move-in.set-lessor', subject: `party:${id}`, detail: { name } });
      }),
    own: {
      get: async (actor: Actor) => {
        const { process, as } = await mine(actor);
        return view(as, process);
      },
      /** The tenant signs under the wording he saw. Throws SignedTextChanged, AgreementStepRefused. */
      sign: async (actor: Actor, wish: { digest: string; consent: string }): Promise<void> => {
        const { process, as } = await mine(actor, true);
        const { lease, household } = process;
        if (!lease) throw new AgreementMissing({});
        await leases.sign(as, lease, { ...wish, role: 'tenant', party: household, identityCheck: 'signed-in' });
      },
      /** Says when the household will come for its keys; again moves it. Throws ProcessStepRefused, InputInvalid. */
      appoint: async (actor: Actor, at: Date): Promise<Process> => {
        const { process, as } = await mine(actor, true);
        const days = (at.getTime() - clock.now().getTime()) / 86_400_000;
        if (days <= 0 || days > appointmentDays)
          throw new InputInvalid({ in: 'body' }, [{ pointer: '/at', code: 'out-of-range' }]);
        return db.transaction(as.scope, async (tx) => {
          const before = await find(tx, as, process.id);
          if (before.state !== 'contract') throw new ProcessStepRefused({ state: before.state });
          await store.save(tx, { ...before, appointmentAt: at });
          await audit.add(tx, actor, {
            action: 'move-in.appoint',
            subject: `move-in:${before.id}`,
            place: before.place,
            detail: { at: at.toISOString() },
          });
          return find(tx, as, before.id);
        });
      },
      checkIn: async (actor: Actor, wish: HandoverWish): Promise<Process> => {
        const { process, as } = await mine(actor, true);
        return checkInAs(as, process.id, wish);
      },
      putPhoto: async (actor: Actor, photo: Photo) => {
        const { process, as } = await mine(actor, true);
        return putPhoto(as, process, photo);
      },
    },
  };
}

/** How far ahead keys may be fetched. */
const appointmentDays = 60;
export type MoveInsService = ReturnType<typeof createMoveIns>;
