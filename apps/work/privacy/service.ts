import type { CasesService } from '@keystead/apps/work/cases';
import { type Actor, type Scope, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import { type FieldValue, nameInLists, type PartiesService } from '@keystead/data/parties';
import { inSubtrees, movePaths, type Query, sql, type Tx } from '@keystead/kernel/db';
import { type Cursor, readCursor, writeCursor } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import {
  answerDays,
  OwnRightsRequest,
  type RequestKind,
  type RequestState,
  type RightsRequest,
  RightsRequestDecided,
  RightsRequestInvalid,
  RightsRequestMissing,
  RightsRequestOpen,
} from './request.ts';

export interface RequestDraft {
  readonly kind: RequestKind;
  readonly note: string;
  /** What is right, for a correction. */
  readonly fields?: readonly FieldValue[];
}

const columns = sql`r.id, r.organisation, r.place, r.party, r.kind, r.state, r.proposal, r.note, r.case_id as "caseId",
  r.case_code as "caseCode", r.asked_at as "askedAt", r.due_at as "dueAt", r.decided_at as "decidedAt", r.answer, r.outcome,
  r.kept_until as "keptUntil", r.version`;

const inView = (scope: Scope) => sql`r.organisation = ${scope.organisation} and ${inSubtrees(scope, 'r.place')}`;

const byId = (scope: Scope, id: string): Query<RightsRequest> =>
  sql<RightsRequest>`select ${columns} from privacy.request r where r.id = ${id} and ${inView(scope)} for update`;

interface RequestFilter {
  readonly party?: string;
  readonly state?: RequestState;
  readonly overdueAt?: Date;
  readonly after?: Cursor;
  readonly limit: number;
}

const listed = (scope: Scope, { party, state, overdueAt, after, limit }: RequestFilter): Query<RightsRequest> =>
  sql<RightsRequest>`select ${columns} from privacy.request r where ${inView(scope)}
    ${party ? sql`and r.party = ${party}` : sql``}
    ${state ? sql`and r.state = ${state}` : sql``}
    ${overdueAt ? sql`and r.state = 'open' and r.due_at < ${overdueAt}` : sql``}
    ${after ? sql`and (r.asked_at, r.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    order by r.asked_at desc, r.id desc limit ${limit}`;

/** The rows of one organisation below `from` are now below `to`. */
export async function movePlaces(tx: Tx, organisation: string, from: string, to: string): Promise<void> {
  await movePaths(tx, 'privacy.request', 'place', organisation, from, to);
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit'> & { parties: PartiesService; cases: CasesService };

/** Rights of people over their data (H-11.3-f-1): asked by the person, answered by somebody else, within the days there are. */
export function createPrivacy({ db, clock, audit, parties, cases }: Parts) {
  const find = (tx: Tx, actor: Actor, id: string): Promise<RightsRequest> =>
    tx.one(byId(actor.scope, id), () => new RightsRequestMissing({ id }));

  async function note(
    tx: Tx,
    actor: Actor,
    of: RightsRequest,
    step: string,
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    const { party, place, id, kind, caseCode } = of;
    await audit.add(tx, actor, {
      action: `rights-request.${step}`,
      subject: `party:${party}`,
      place,
      detail: { request: id, kind, case: caseCode, ...detail },
    });
  }

  function check({ kind, fields = [] }: RequestDraft): void {
    if ((kind === 'correct') !== fields.length > 0)
      throw new RightsRequestInvalid({ kind }, [
        { pointer: '/fields', code: kind === 'correct' ? 'required' : 'of-another-kind' },
      ]);
  }

  /** Asks for one's own data. Throws OwnPartyMissing, RightsRequestInvalid, RightsRequestOpen, PersonalFieldInvalid. */
  async function ask(actor: Actor, draft: RequestDraft): Promise<RightsRequest> {
    check(draft);
    const { party, own } = await parties.own.self(actor);
    return db.transaction(own.scope, async (tx) => {
      const open = await tx.all(listed(own.scope, { party: party.id, state: 'open', limit: 10 }));
      if (open.some(({ kind }) => kind === draft.kind)) throw new RightsRequestOpen({ kind: draft.kind });
      const proposal = draft.fields
        ? await parties.proposals.propose(tx, own, party.id, { fields: draft.fields })
        : null;
      const work = await cases.openIn(tx, systemActor('privacy', party.organisation), {
        kind: 'rights-request',
        title: draft.kind,
        category: draft.kind,
        place: party.place,
        subjects: [{ kind: 'party', id: party.id, label: party.name }],
        requester: { id: actor.id, name: actor.name },
        source: 'self-service',
      });
      const id = newId();
      const at = clock.now();
      await tx.run(sql`insert into privacy.request (id, organisation, place, party, kind, state, proposal, note, case_id, case_code, asked_at, due_at)
        values (${id}, ${party.organisation}, ${party.place}, ${party.id}, ${draft.kind}, 'open', ${proposal}, ${draft.note}, ${work.id},
          ${work.code}, ${at}, ${new Date(at.getTime() + answerDays * 86_400_000)})`);
      const made = await find(tx, own, id);
      await note(tx, own, made, 'ask');
      return made;
    });
  }

  async function grant(tx: Tx, actor: Actor, request: RightsRequest): Promise<{ outcome: string; until: Date | null }> {
    if (request.kind === 'correct' && request.proposal) {
      await parties.proposals.apply(tx, actor, request.proposal, `rights-request:${request.caseCode}`);
      return { outcome: 'corrected', until: null };
    }
    if (request.kind === 'see') return { outcome: 'copied', until: null };
    const ending = await parties.cancel(tx, actor, request.party);
    return { outcome: ending.state, until: ending.state === 'restricted' ? ending.until : null };
  }

  async function page(
    actor: Actor,
    asked: Omit<RequestFilter, 'after' | 'overdueAt'> & { overdue?: boolean; cursor?: string },
  ) {
    const { cursor, limit, overdue, ...filter } = asked;
    const late = overdue ? { overdueAt: clock.now() } : {};
    const after = cursor ? { after: readCursor(cursor) } : {};
    const rows = await db.read(actor.scope, listed(actor.scope, { ...filter, ...late, ...after, limit: limit + 1 }));
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? writeCursor(last.askedAt, last.id) : null };
  }

  /** Masked names of those who ask, by party. */
  async function namesOf(actor: Actor, requests: readonly RightsRequest[]): Promise<Map<string, string>> {
    const ids = [...new Set(requests.map(({ party }) => party))];
    const found = await db.transaction(actor.scope, (tx) => parties.getMany(tx, actor, ids));
    return new Map(found.map((party) => [party.id, nameInLists(party)]));
  }

  return {
    ask,
    list: async (actor: Actor, asked: Parameters<typeof page>[1]) => {
      const { items, next } = await page(actor, asked);
      const names = await namesOf(actor, items);
      return { items: items.map((each) => ({ ...each, partyName: names.get(each.party) ?? '' })), next };
    },

    /** One request with what a correction asks for, masked. Throws RightsRequestMissing. */
    get: async (actor: Actor, id: string) => {
      const { request, asked } = await db.transaction(actor.scope, async (tx) => {
        const found = await find(tx, actor, id);
        // What a decided correction asked for is gone with its proposal.
        const open = found.state === 'open' && found.proposal;
        return { request: found, asked: open ? (await parties.proposals.shown(tx, open)).fields : [] };
      });
      return { ...request, partyName: (await namesOf(actor, [request])).get(request.party) ?? '', asked };
    },

    own: async (actor: Actor): Promise<RightsRequest[]> => {
      const { party, own } = await parties.own.self(actor);
      return (await page(own, { party: party.id, limit: 100 })).items;
    },

    /** The copy a granted request to see gives. Throws RightsRequestMissing for any other. */
    copy: async (actor: Actor, id: string) => {
      const { party, own } = await parties.own.self(actor);
      const request = await db.transaction(own.scope, (tx) => find(tx, own, id));
      if (request.party !== party.id || request.kind !== 'see' || request.state !== 'granted')
        throw new RightsRequestMissing({ id });
      return parties.own.data(actor);
    },

    /**
     * Grants or refuses; refusing says why. A deletion stops every use at once, and erases as soon as no law keeps the
     * data. Throws RightsRequestMissing, RightsRequestDecided, OwnRightsRequest, EditConflict and what changing a party throws.
     */
    decide: (actor: Actor, id: string, granted: boolean, answer: string, version?: number): Promise<RightsRequest> =>
      db.transaction(actor.scope, async (tx) => {
        const request = await find(tx, actor, id);
        if (version !== undefined && version !== request.version) throw new EditConflict({ version: request.version });
        if (request.state !== 'open') throw new RightsRequestDecided({ id, state: request.state });
        const [party] = await parties.getMany(tx, actor, [request.party]);
        if (party?.account === actor.id) throw new OwnRightsRequest({ id });
        if (!granted && request.proposal) await parties.proposals.drop(tx, request.proposal);
        const { outcome, until } = granted ? await grant(tx, actor, request) : { outcome: null, until: null };
        await tx.run(sql`update privacy.request set state = ${granted ? 'granted' : 'refused'}, decided_at = ${clock.now()},
          decided_by = ${actor.id}, answer = ${answer}, outcome = ${outcome}, kept_until = ${until}, version = version + 1 where id = ${id}`);
        await cases.settleIn(tx, actor, request.caseId, answer);
        await note(tx, actor, request, granted ? 'grant' : 'refuse', { outcome });
        return find(tx, actor, id);
      }),
  };
}

export type PrivacyService = ReturnType<typeof createPrivacy>;
