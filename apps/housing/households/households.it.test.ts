import { type LeasesService, leases } from '@keystead/apps/housing/leases';
import type { AgreementsService } from '@keystead/apps/work/agreements';
import { type CasesService, cases } from '@keystead/apps/work/cases';
import type { LedgerService } from '@keystead/apps/work/ledger';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { type PartiesService, parties } from '@keystead/data/parties';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeDraft } from './changes.ts';
import { type HouseholdsService, households as module } from './index.ts';

let platform: TestPlatform;
let households: HouseholdsService;
let registry: PartiesService;
let clerk: Actor;
let here: Place;
let elsewhere: Place;
let building: Place;
let houses = 0;

beforeAll(async () => {
  platform = await startPlatform(places, parties, records, cases, leases, module);
  households = platform.services.households as HouseholdsService;
  registry = platform.services.parties as PartiesService;
  clerk = platform.actor(
    'party:read',
    'party:write',
    'party:reveal',
    'household:read',
    'household:write',
    'household:decide',
    'case:read',
  );
  const tree = platform.services.places as PlacesService;
  here = await tree.create(clerk, { parent: null, kind: 'region', code: 'A', name: '东区' });
  const project = await tree.create(clerk, { parent: here.id, kind: 'project', code: 'P', name: '小区' });
  building = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'B', name: '1栋' });
  elsewhere = await tree.create(clerk, { parent: null, kind: 'region', code: 'B', name: '西区' });
});
afterAll(() => platform?.stop());

/** A household with its applicant, who can sign in. */
async function family(name: string) {
  const home = await registry.add(clerk, { kind: 'household', name: `${name}家`, placeId: here.id });
  const account = platform.actor('own-data:use');
  const { person } = await registry.addMember(clerk, home.id, {
    person: { name, account: account.id, fields: [{ field: 'income', value: '3000000' }] },
    relation: 'applicant',
    from: '2024-01-01',
  });
  return { household: home.id, person, account };
}
/** A lease both sides signed, for a house of its own; it begins today. */
async function letTo(household: string) {
  const tree = platform.services.places as PlacesService;
  const lease = platform.services.leases as LeasesService;
  const agreed = platform.services.agreements as AgreementsService;
  const code = `H${++houses}`;
  const house = await tree.create(clerk, { parent: building.id, kind: 'house', code, name: code });
  const lessor = await registry.add(clerk, { kind: 'organisation', name: `安居公司${code}`, placeId: here.id });
  const { id } = await lease.create(clerk, {
    house: house.id,
    tenant: { party: household, name: '承租家庭' },
    lessor: { party: lessor.id, name: lessor.name },
    startsOn: '2026-06-01',
    endsOn: '2027-05-31',
    title: '公租房租赁合同',
    terms: {},
    fees: [],
  });
  await lease.step(clerk, id, 'submit', '');
  for (const [role, party] of [
    ['tenant', household],
    ['lessor', lessor.id],
  ] as const) {
    const digest = (await agreed.versions(clerk, id)).at(-1)?.digest ?? '';
    await lease.sign(clerk, id, { role, party, digest, identityCheck: 'counter', consent: '同意' });
  }
  return agreed.get(clerk, id);
}
const beginLeases = () => (platform.services.agreements as AgreementsService).pass();
const paper = (account: Actor) =>
  households.own.putFile(account, {
    name: '证明.pdf',
    mediaType: 'application/pdf',
    content: Buffer.from('%PDF-1.7\n证明内容\n%%EOF'),
  });

test(
  clause('H-9.1.2-a-2', 'checking in makes the file of the household once; what is personal in it lies encrypted'),
  async () => {
    const { household, person, account } = await family('陈一');
    const agreed = await letTo(household);
    expect((await households.list(clerk, { text: '陈一', limit: 10 })).items).toEqual([]);
    await beginLeases();
    await platform.drain();
    const { id } = await paper(account);
    const dossier = await households.dossier(clerk, household);
    expect([dossier.file.openedBy, dossier.file.place]).toEqual(['check-in', agreed.place]);
    expect(dossier.parts.leases).toMatchObject([{ id: agreed.id, state: 'effective' }]);
    expect(dossier.members).toMatchObject([
      { person, relation: 'applicant', fields: [{ field: 'income', masked: '***' }] },
    ]);
    expect(dossier.documents.map((each) => each.id)).toEqual([id]);
    const { rows } = await platform.owner.query(
      `select (select count(*)::int from households.file where household = $1) as files,
       (select f.sealed from parties.field f where f.party = $2 and f.field = 'income') as sealed,
       (select o.encrypted from records.object o join records.record r on r.object = o.id where r.id = $3) as encrypted`,
      [household, person, id],
    );
    expect(rows).toMatchObject([{ files: 1, encrypted: true }]);
    expect(String(rows[0]?.sealed)).not.toContain('3000000');
  },
);

test(
  clause(
    'H-9.1.2-c-1',
    'three kinds of people in need of care are marked with validity and source, and only care sees it',
  ),
  async () => {
    const { household, person } = await family('林二');
    await households.open(clerk, household, 'register');
    const care = platform.actor('party:read', 'household:read', 'care:read', 'care:write');
    const kinds = ['very-old', 'seriously-ill', 'severely-disabled'] as const;
    for (const kind of kinds)
      await households.marks.mark(care, household, {
        person,
        kind,
        source: '残联二代证',
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
      });
    await expect(
      households.marks.mark(care, household, { person, kind: 'very-old', source: '又一次', validFrom: '2026-01-01' }),
    ).rejects.toThrow('mark-standing');
    expect(
      (await households.dossier(care, household)).marks.map(({ kind, source, validFrom, validTo }) => [
        kind,
        source,
        validFrom,
        validTo,
      ]),
    ).toEqual(kinds.map((kind) => [kind, '残联二代证', '2026-01-01', '2026-12-31']));
    expect((await households.dossier(clerk, household)).marks).toEqual([]);
    const asked = (actor: Actor) =>
      platform.http.app.inject({ url: '/api/v1/households/marks', headers: { authorization: `Test ${actor.id}` } });
    expect((await asked(clerk)).statusCode).toBe(403);
    expect((await asked(care)).json()).toHaveLength(3);
    const there = platform.actorAt([elsewhere.path], 'care:read');
    expect((await asked(there)).json()).toEqual([]);
    const { rows } = await platform.owner.query(`select detail from audit.line where action = 'mark.add'`);
    expect(rows).toHaveLength(3);
    for (const { detail } of rows) for (const kind of kinds) expect(detail).not.toContain(kind);
    platform.clock.set('2027-01-01T01:00:00Z');
    expect((await households.dossier(care, household)).marks).toEqual([]);
    expect((await asked(care)).json()).toEqual([]);
    platform.clock.set('2026-06-01T01:00:00Z');
  },
);

test(
  clause('H-9.1.2-d', 'income, members and housing are changed by the household itself, and only once it is approved'),
  async () => {
    const { household, person, account } = await family('何三');
    await households.open(clerk, household, 'register');
    const { id: proof } = await paper(account);
    const incomes: ChangeDraft = {
      kind: 'income',
      person,
      change: { fields: [{ field: 'income', value: '9900000' }] },
      evidence: [proof],
    };
    const drafts: ChangeDraft[] = [
      incomes,
      {
        kind: 'members',
        change: { join: [{ name: '何小', relation: 'child', from: '2026-05-20' }] },
        evidence: [proof],
      },
      { kind: 'housing', change: { fields: [{ field: 'housing', value: '继承住房一套' }] }, evidence: [proof] },
    ];
    await expect(
      households.own.submit(account, { kind: 'income', person, change: incomes.change, evidence: [] }),
    ).rejects.toThrow('household-change-invalid');
    await expect(
      households.own.submit(account, { kind: 'housing', change: incomes.change, evidence: [proof] }),
    ).rejects.toThrow('household-change-invalid');
    const income = async () => (await registry.reveal(clerk, person, ['income'], '核对'))[0]?.value;
    const submitted = [];
    for (const draft of drafts) submitted.push(await households.own.submit(account, draft));
    await expect(households.own.submit(account, incomes)).rejects.toThrow('household-change-open');
    const { rows } = await platform.owner.query('select sealed from parties.proposal where party = any($1)', [
      [household, person],
    ]);
    expect(rows).toHaveLength(3);
    for (const { sealed } of rows)
      for (const word of ['9900000', '何小', '继承']) expect(String(sealed)).not.toContain(word);

    expect([await income(), (await registry.members(clerk, household)).length]).toEqual(['3000000', 1]);
    const [first, second, third] = submitted;
    expect((await households.changes.shown(clerk, first?.id ?? '')).asked.fields).toMatchObject([
      { field: 'income', masked: '***' },
    ]);
    expect((await households.changes.reveal(clerk, first?.id ?? '', '审核收入')).fields).toEqual([
      { field: 'income', value: '9900000' },
    ]);
    await expect(households.changes.decide(account, first?.id ?? '', true, '自批')).rejects.toThrow(
      'own-household-change',
    );
    await households.changes.decide(clerk, first?.id ?? '', true, '材料属实');
    await households.changes.decide(clerk, second?.id ?? '', true, '户口簿属实');
    await households.changes.decide(clerk, third?.id ?? '', false, '材料不清');
    await expect(households.changes.decide(clerk, third?.id ?? '', true, '再来')).rejects.toThrow(
      'household-change-decided',
    );
    expect(await income()).toBe('9900000');
    expect((await registry.members(clerk, household)).map(({ name }) => name)).toEqual(['何三', '何小']);
    expect((await registry.get(clerk, household)).fields).toEqual([]);
    const own = (await households.own.changes(account, 10)).items;
    expect(own.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ['housing', 'refused', '材料不清'],
      ['members', 'approved', '户口簿属实'],
      ['income', 'approved', '材料属实'],
    ]);
    const work = platform.services.cases as CasesService;
    for (const { caseId } of own) expect((await work.get(clerk, caseId)).row.state).toBe('closed');
    const left = await platform.owner.query(
      'select count(sealed)::int as n from parties.proposal where party = any($1)',
      [[household, person]],
    );
    expect(left.rows).toEqual([{ n: 0 }]);
    expect((await registry.looks(clerk, person, 20)).map(({ reason }) => reason)).toContain('审核收入');
  },
);

test('a household reaches its own file and no other', async () => {
  const [mine, theirs] = [await family('罗四'), await family('梁五')];
  for (const { household } of [mine, theirs]) await households.open(clerk, household, 'register');
  expect((await households.own.dossier(mine.account)).file.household).toBe(mine.household);
  const { id: proof } = await paper(theirs.account);
  const change = {
    kind: 'housing' as const,
    change: { fields: [{ field: 'housing' as const, value: '无房' }] },
    evidence: [proof],
  };
  const { id } = await households.own.submit(theirs.account, change);
  await expect(households.own.withdraw(mine.account, id)).rejects.toThrow('household-change-missing');
  await households.own.withdraw(theirs.account, id);
  const there = platform.actorAt([elsewhere.path], 'household:read', 'household:decide');
  await expect(households.dossier(there, mine.household)).rejects.toThrow('household-missing');
  expect((await households.list(there, { limit: 10 })).items).toEqual([]);
  expect((await households.list(clerk, { text: '罗四', limit: 10 })).items.map(({ file }) => file.household)).toEqual([
    mine.household,
  ]);
});

test(
  clause(
    'H-9.3-b',
    'a household file has members, leases, bills and requests as they are now, of its own household only',
  ),
  async () => {
    platform.clock.set('2026-06-01T01:00:00Z');
    const book = platform.services.ledger as LedgerService;
    const homes = [];
    let count = 0;
    for (const name of ['韩一', '韩二', '韩三', '韩四', '韩五']) {
      const home = await family(name);
      const lease = await letTo(home.household);
      await beginLeases();
      await platform.drain();
      const bill = newId();
      const amount = 60_000 + count++;
      const line = {
        subject: 'rent',
        fund: 'income' as const,
        rank: 1,
        period: '2026-06',
        dueOn: '2026-06-10',
        amount,
      };
      const charged = {
        key: `bill:${bill}`,
        document: bill,
        agreement: lease.id,
        party: home.household,
        place: lease.place,
        lines: [line],
      };
      await platform.db.transaction(clerk.scope, (tx) => book.charge(tx, clerk, [charged]));
      const { id: proof } = await paper(home.account);
      const change = { fields: [{ field: 'housing' as const, value: '无房' }] };
      const request = await households.own.submit(home.account, { kind: 'housing', change, evidence: [proof] });
      homes.push({ ...home, lease: lease.id, bill, request: request.id, amount });
    }
    const idsOf = (rows: readonly { id: string }[] | undefined) => rows?.map(({ id }) => id);
    for (const { household, person, account, lease, bill, request, amount } of homes)
      for (const file of [await households.dossier(clerk, household), await households.own.dossier(account)]) {
        expect(file.members.map((member) => member.person)).toEqual([person]);
        expect(idsOf(file.parts.leases)).toEqual([lease]);
        expect(file.parts.bills).toMatchObject([{ id: bill, fen: amount, state: 'open' }]);
        expect(idsOf(file.parts.requests)).toEqual([request]);
      }
    const [first] = homes;
    await households.changes.decide(clerk, first?.request ?? '', true, '属实');
    expect((await households.dossier(clerk, first?.household ?? '')).parts.requests).toMatchObject([
      { state: 'approved' },
    ]);
  },
);
