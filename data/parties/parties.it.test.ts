import type { Actor } from '@keystead/contracts/access';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsentMissing, type FieldId, FieldNeverShown, fieldIds, PurposeMissing, personalFields } from './fields.ts';
import { parties as module, type PartiesService } from './index.ts';
import { MemberElsewhere, PartyAtRest, PartyMissing, ResidentIdTaken } from './party.ts';

const number = '11010519491231002X';
let platform: TestPlatform;
let parties: PartiesService;
let clerk: Actor;
let care: Actor;
let here: Place;
let elsewhere: Place;

beforeAll(async () => {
  platform = await startPlatform(places, module);
  parties = platform.services.parties as PartiesService;
  clerk = platform.actor('party:read', 'party:write', 'party:reveal', 'party:privacy', 'place:write');
  care = platform.actor('party:read', 'party:reveal', 'care:read', 'party:write');
  const tree = platform.services.places as PlacesService;
  here = await tree.create(clerk, { parent: null, kind: 'region', code: 'A', name: '东区' });
  elsewhere = await tree.create(clerk, { parent: null, kind: 'region', code: 'B', name: '西区' });
});
afterAll(() => platform?.stop());

const samples: Record<FieldId, string> = {
  'resident-id': number,
  'birth-date': '1949-12-31',
  phone: '13800138000',
  email: 'li@example.org',
  'postal-address': '解放路一号三单元',
  employer: '红星机械厂',
  income: '7654321',
  assets: '1234567890',
  housing: '老屋一间二十平方米',
  'bank-account': '6222020200112233445',
  health: '慢性心力衰竭二级',
  disability: '肢体一级残疾证',
  'biometric-reference': 'lock-7/face/20413',
};
const person = (name: string, fields: { field: FieldId; value: string }[] = [], place = here) =>
  parties.add(clerk, { kind: 'person', name, placeId: place.id, fields });

test(
  clause('H-11.3-e-1', 'a field without a registered purpose cannot be stored, by the service or by the database'),
  async () => {
    const { id } = await person('赵一');
    const bank = [{ field: 'bank-account' as const, value: samples['bank-account'] }];
    await expect(parties.setFields(clerk, id, bank, 'declared')).rejects.toThrow(PurposeMissing);
    const past = platform.owner.query(
      `insert into parties.field (party, organisation, field, sealed, masked, source, recorded_at, recorded_by)
     values ($1, $2, 'bank-account', 'x', 'x', 'x', now(), 'x')`,
      [id, platform.organisation],
    );
    await expect(past).rejects.toThrow(/foreign key/);

    await parties.purposes.register(clerk, 'bank-account', {
      purpose: '退还保证金',
      basis: 'contract',
      retentionYears: 5,
    });
    await parties.setFields(clerk, id, bank, 'declared');
    expect((await parties.get(clerk, id)).fields).toMatchObject([
      { field: 'bank-account', masked: `${'*'.repeat(15)}3445` },
    ]);

    expect(await parties.purposes.end(clerk, 'bank-account')).toBe(1);
    expect((await parties.get(clerk, id)).fields).toEqual([]);
    await expect(parties.setFields(clerk, id, bank, 'declared')).rejects.toThrow(PurposeMissing);
    const { rows } = await platform.owner.query(
      `select count(*)::int as n from parties.field f where not exists
     (select 1 from parties.purpose p where p.organisation = f.organisation and p.field = f.field and p.ended_at is null)`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  },
);

test('no value of any field is to be found in the tables in plain', async () => {
  const { id } = await person('钱二');
  await parties.purposes.register(clerk, 'bank-account', {
    purpose: '退还保证金',
    basis: 'contract',
    retentionYears: 5,
  });
  await parties.giveConsent(clerk, id, ['biometric-key'], '2026-1');
  await parties.setFields(
    clerk,
    id,
    fieldIds.map((field) => ({ field, value: samples[field] })),
    'declared',
  );
  const { rows } = await platform.owner.query(
    `select sealed, hash, f::text as text from parties.field f where party = $1`,
    [id],
  );
  expect(rows).toHaveLength(fieldIds.length);
  const all = rows.map(({ sealed, hash, text }) => `${sealed}${hash}${text}`).join('\n');
  expect(all).toContain('declared');
  for (const value of Object.values(samples)) expect(all).not.toContain(value);

  const shown = await parties.get(clerk, id);
  expect(shown.fields.map(({ field }) => field)).not.toContain('health');
  expect((await parties.get(care, id)).fields.map(({ field }) => field)).toContain('health');
  expect(shown.fields.find(({ field }) => field === 'resident-id')?.masked).toBe('110***********002X');
  await expect(
    parties.add(clerk, {
      kind: 'person',
      name: '重复',
      fields: [{ field: 'resident-id', value: number.toLowerCase() }],
    }),
  ).rejects.toThrow(ResidentIdTaken);

  expect((await parties.find(clerk, 'resident-id', ` ${number.toLowerCase()}`)).map((each) => each.id)).toEqual([id]);
  expect(await parties.find(clerk, 'phone', '13900139000')).toEqual([]);
  await expect(parties.find(clerk, 'income', '7654321')).rejects.toThrow('personal-field-invalid');
});

test(
  clause('H-11.3-f-2', 'every look at personal values is logged with its reason, and the person can read who looked'),
  async () => {
    const account = platform.actor('own-data:use');
    const { id } = await parties.add(clerk, {
      kind: 'person',
      name: '孙三',
      placeId: here.id,
      account: account.id,
      fields: [
        { field: 'phone', value: '13700137000' },
        { field: 'income', value: '4200000' },
      ],
    });
    expect(await parties.reveal(clerk, id, ['phone', 'income'], '核对收入证明')).toEqual([
      { field: 'income', slot: '', value: '4200000' },
      { field: 'phone', slot: '', value: '13700137000' },
    ]);
    await expect(parties.reveal(clerk, id, ['phone'], '  ')).rejects.toThrow();
    await expect(parties.reveal(clerk, id, ['health'], '好奇')).rejects.toThrow();
    await expect(parties.reveal(care, id, ['biometric-reference'], '好奇')).rejects.toThrow(FieldNeverShown);
    await platform.db.transaction(clerk.scope, (tx) => parties.use(tx, clerk, id, ['income'], '与税务核查'));
    const looks = await parties.own.looks(account, 10);
    expect(looks.map(({ reason, fields }) => [reason, fields])).toEqual([
      ['与税务核查', ['income']],
      ['核对收入证明', ['phone', 'income']],
    ]);
    await parties.own.data(account);
    expect((await parties.own.looks(account, 10)).length).toBe(3);
    const stranger = platform.actor('own-data:use');
    await expect(parties.own.looks(stranger, 10)).rejects.toThrow('own-party-missing');
    const reply = await platform.http.app.inject({
      url: '/api/v1/own-data/looks',
      headers: { authorization: `Test ${account.id}` },
    });
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toHaveLength(3);
  },
);

test('a consent to sensitive data is asked for alone; taking it back deletes what rests on it and is told', async () => {
  const account = platform.actor('own-data:use');
  const { id } = await parties.add(clerk, { kind: 'person', name: '李四', placeId: here.id, account: account.id });
  const face = [{ field: 'biometric-reference' as const, value: 'lock-1/face/9' }];
  await expect(parties.setFields(clerk, id, face, 'lock')).rejects.toThrow(ConsentMissing);
  await expect(parties.own.give(account, ['biometric-key', 'data-sharing'], '1')).rejects.toThrow(
    'consent-not-separate',
  );
  const [given] = await parties.own.give(account, ['biometric-key'], '1');
  await parties.setFields(clerk, id, face, 'lock');
  const others = platform.actor('own-data:use');
  await parties.add(clerk, { kind: 'person', name: '别人', placeId: here.id, account: others.id });
  await expect(parties.own.withdraw(others, given?.id ?? '')).rejects.toThrow('consent-gone');
  await parties.own.withdraw(account, given?.id ?? '');
  expect((await parties.get(care, id)).fields).toEqual([]);
  await expect(parties.own.withdraw(account, given?.id ?? '')).rejects.toThrow('consent-gone');
  const { rows } = await platform.owner.query(`select payload from kernel.outbox where type = 'consent.withdrawn.v1'`);
  expect(rows).toEqual([{ payload: { consent: given?.id, party: id, purpose: 'biometric-key' } }]);
});

test('a household has its members for a period, and a person is in one household at a time', async () => {
  const home = await parties.add(clerk, { kind: 'household', name: '周家', placeId: here.id });
  const other = await parties.add(clerk, { kind: 'household', name: '吴家', placeId: here.id });
  const { person: applicant } = await parties.addMember(clerk, home.id, {
    person: { name: '周五' },
    relation: 'applicant',
    from: '2024-01-01',
  });
  const { person: wife } = await parties.addMember(clerk, home.id, {
    person: { name: '郑六' },
    relation: 'spouse',
    from: '2024-01-01',
  });
  await expect(
    parties.addMember(clerk, other.id, { person: wife, relation: 'applicant', from: '2025-01-01' }),
  ).rejects.toThrow(MemberElsewhere);
  await parties.endMember(clerk, home.id, wife, '2025-05-01');
  await parties.addMember(clerk, other.id, { person: wife, relation: 'applicant', from: '2025-05-02' });
  expect((await parties.members(clerk, home.id)).map((each) => each.person)).toEqual([applicant]);
  expect((await parties.members(clerk, home.id, true)).map(({ person, until }) => [person, until])).toEqual([
    [applicant, null],
    [wife, '2025-05-01'],
  ]);
});

test('another district sees nobody, opens nothing and changes nothing', async () => {
  const there = platform.actorAt([elsewhere.path], 'party:read', 'party:write', 'party:reveal');
  const { id } = await person('王七', [{ field: 'phone', value: '13600136000' }]);
  expect((await parties.list(there, { limit: 50 })).items).toEqual([]);
  expect(await parties.find(there, 'phone', '13600136000')).toEqual([]);
  for (const tried of [
    () => parties.get(there, id),
    () => parties.reveal(there, id, ['phone'], '看看'),
    () => parties.setFields(there, id, [{ field: 'phone', value: '13600136001' }], 'declared'),
    () => parties.edit(there, id, undefined, { name: '改' }),
  ])
    await expect(tried()).rejects.toThrow(PartyMissing);
  await expect(parties.add(there, { kind: 'person', name: '越界', placeId: here.id })).rejects.toThrow('place-missing');
  await expect(parties.purposes.end(there, 'phone')).rejects.toThrow('not-allowed');
});

test('a cancelled party is kept as long as a law asks and used for nothing, then nobody can read it any more', async () => {
  const { id } = await person('冯八', [{ field: 'phone', value: '13500135000' }]);
  const until = new Date(platform.clock.now().getTime() + 5 * 365 * 86_400_000);
  let kept = true;
  parties.retain('test', async (_tx, _organisation, party) => (kept && party === id ? until : undefined));
  const cancel = (of: string) => platform.db.transaction(clerk.scope, (tx) => parties.cancel(tx, clerk, of));
  expect(await cancel(id)).toEqual({ state: 'restricted', until });
  await expect(parties.reveal(clerk, id, ['phone'], '看看')).rejects.toThrow(PartyAtRest);
  await parties.eraseDue();
  expect((await parties.get(clerk, id)).state).toBe('restricted');
  kept = false;
  platform.clock.pass(6 * 365 * 86_400);
  expect(await parties.eraseDue()).toBe(1);
  expect(await parties.get(clerk, id)).toMatchObject({ state: 'erased', fields: [] });
  const { rows } = await platform.owner.query('select wrapped from keys.data_key where id = $1', [id]);
  expect(rows).toEqual([{ wrapped: null }]);
});

test('every field has a mask that does not tell it and a check that refuses nothing', () => {
  for (const field of fieldIds) {
    expect(personalFields[field].mask(samples[field])).not.toBe(samples[field]);
    expect(personalFields[field].fault(samples[field])).toBeUndefined();
    expect(personalFields[field].fault('')).toBeDefined();
  }
});
