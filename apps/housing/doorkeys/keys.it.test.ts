import type { EligibilityService } from '@keystead/apps/housing/eligibility';
import { systemActor } from '@keystead/contracts/access';
import { eligibilityChanged } from '@keystead/contracts/events/eligibility';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { doorkeys } from './index.ts';
import { DoorNotClosable, KeyConsentMissing, KeyMissing, KeysHeld, LastKey } from './key.ts';
import { type Community, type Home, openCommunity } from './testing/community.ts';

let platform: TestPlatform;
let town: Community;
let eligibility: EligibilityService;

beforeAll(async () => {
  platform = await startPlatform(doorkeys);
  town = await openCommunity(platform);
  eligibility = platform.services.eligibility as EligibilityService;
});
beforeEach(() => platform.clock.set(new Date('2026-06-01T01:00:00Z')));
afterAll(async () => {
  await platform?.stop();
});

const now = (): number => platform.clock.now().getTime();
const keysOf = async ({ household }: Home) => (await town.keys.list(town.clerk, { household, limit: 100 })).items;
const soon = (days: number): Date => new Date(now() + days * 86_400_000);

async function family(): Promise<Home & { pin: string; main: string }> {
  const home = await town.house('2026-06-01', '2029-05-31');
  await town.settle();
  const [main] = await keysOf(home);
  return { ...home, main: main?.id ?? '', pin: (await town.keys.showOwn(home.account, main?.id ?? '')) ?? '' };
}
const issue = (home: Home, more: object) =>
  town.keys.issue(town.clerk, {
    ...{ house: home.house.id, holder: home.person, kind: 'card', pattern: 'lasting', label: '钥匙', ...more },
  } as never);
const agree = async (home: Home): Promise<string> => {
  const [consent] = await town.parties.giveConsent(town.clerk, home.person, ['biometric-key'], '2026-1');
  return consent?.id ?? '';
};
const withdraw = (id: string) =>
  platform.kernel.db.transaction(town.clerk.scope, (tx) => town.parties.consents.withdraw(tx, town.clerk, id));

/** A decision of the eligibility module, by its own hand. */
async function decide(home: Home, what: 'suspend' | 'lose' | 'grant'): Promise<void> {
  const actor = systemActor('test', platform.organisation);
  await platform.kernel.db.systemTransaction(async (tx) => {
    const review = await eligibility.reviews.openIn(tx, actor, { household: home.household, kind: 'spot', area: 0 });
    await eligibility.standings[what](tx, actor, review);
    await tx.client.query(`update eligibility.application set ended_at = $1 where id = $2`, [
      platform.clock.now(),
      review.id,
    ]);
  });
}

test(
  clause(
    'H-9.5.2-a',
    'H-6.5-d-1',
    'six kinds of keys used ten times each are sixty lines, told apart by side from those who leave',
  ),
  async () => {
    const home = await family();
    await agree(home);
    const kinds = [
      { kind: 'card', credential: '00A1B2C3' },
      { kind: 'pin', credential: '44332211' },
      { kind: 'ble', credential: 'ble-secret-of-a-phone' },
      { kind: 'fingerprint', credential: 'finger-1' },
      { kind: 'face', credential: 'face-1' },
      { kind: 'qr', credential: 'a-visitor', pattern: 'period', validUntil: soon(30), label: '临时' },
    ] as const;
    const issued = [];
    for (const each of kinds) issued.push({ ...each, id: (await issue(home, each)).key });
    await town.settle();
    const lock = town.lockOf(home.lock);
    for (let n = 0; n < 10; n++)
      for (const { kind, credential } of issued) {
        expect(town.show(home.lock, kind, credential)).toBe(true);
        platform.clock.pass(1);
      }
    for (let n = 0; n < 40; n++) lock.leave(now());
    expect(town.show(home.lock, 'card', 'found-in-the-street')).toBe(false);
    // Over a bad line: backwards, some of it twice.
    await town.tell(home.lock, [...lock.log].reverse());
    await town.tell(home.lock, lock.log.slice(0, 30));
    const uses = await town.keys.uses.list(
      town.clerk,
      { house: home.house.id, event: 'unlocked', limit: 500 },
      home.house.path,
    );
    const [inside, outside] = [
      uses.filter((use) => use.direction === 'out'),
      uses.filter((use) => use.direction === 'in'),
    ];
    expect([uses.length, inside.length, outside.length]).toEqual([100, 40, 60]);
    for (const { id, kind } of issued) {
      const own = outside.filter(({ key }) => key === id);
      expect([own.length, new Set(own.map(({ means }) => means))]).toEqual([10, new Set([kind])]);
      expect((await town.keys.get(town.clerk, id)).used).toBe(10);
    }
    const log = await town.keys.uses.logOf(town.clerk, home.lock.id, new Date(0));
    expect([log.records.length, log.missing(), log.openings('in').length]).toEqual([101, [], 60]);
    const refused = await town.keys.uses.list(town.clerk, { thing: home.lock.id, event: 'refused', limit: 5 });
    expect(refused).toMatchObject([{ reason: 'key-unknown', key: null }]);
  },
);

test(
  clause('H-6.5-d-2', 'what a door told ninety days ago is still read; after the years of the law it is gone'),
  async () => {
    const home = await family();
    town.show(home.lock, 'pin', home.pin);
    await town.tell(home.lock, town.lockOf(home.lock).log);
    const count = async () => (await town.keys.uses.list(town.clerk, { thing: home.lock.id, limit: 5 })).length;
    const before = now();
    platform.clock.set(new Date(before + 91 * 86_400_000));
    await town.keys.uses.forget();
    expect(await count()).toBe(1);
    platform.clock.set(new Date(before + 5 * 367 * 86_400_000));
    await town.keys.uses.forget();
    expect(await count()).toBe(0);
    platform.clock.set(new Date(before));
  },
);

test(
  clause('H-6.5-b-1', 'H-11.3-e-2', 'ten refusals without consent, ten templates gone with it, ten times another key'),
  async () => {
    const counted = { refused: 0, opened: 0, deleted: 0, another: 0 };
    for (let n = 0; n < 10; n++) {
      const home = await family();
      const face = { kind: n % 2 ? 'face' : 'fingerprint', credential: `template-${n}` } as const;
      await issue(home, face).catch((cause) => {
        if (cause instanceof KeyConsentMissing) counted.refused++;
      });
      const consent = await agree(home);
      const { key } = await issue(home, face);
      await town.settle();
      if (town.show(home.lock, face.kind, face.credential)) counted.opened++;
      const withdrawnAt = now();
      await withdraw(consent);
      await town.settle();
      const gone =
        !town.lockOf(home.lock).grants.some(({ id }) => id === key) &&
        !town.show(home.lock, face.kind, face.credential);
      const row = await town.keys.get(town.clerk, key);
      if (gone && row.endedFor === 'consent' && now() - withdrawnAt < 24 * 3_600_000) counted.deleted++;
      const own = (await keysOf(home)).find(({ holder, endedAt }) => holder === home.person && !endedAt);
      const pin = own && (await town.keys.showOwn(home.account, own.id));
      if (pin && town.show(home.lock, 'pin', pin)) counted.another++;
    }
    expect(counted).toEqual({ refused: 10, opened: 10, deleted: 10, another: 10 });
  },
);

test(
  clause(
    'H-9.1.2-b-1',
    'a final decision freezes within a minute what the ladder says, a suspicion nothing; the way out stays',
  ),
  async () => {
    const home = await family();
    const guest = await issue(home, { kind: 'pin', pattern: 'period', validUntil: soon(200), label: '访客' });
    await town.settle();
    const opens = () => ({
      own: town.show(home.lock, 'pin', home.pin),
      gate: town.show(town.gate, 'pin', home.pin),
      guest: town.show(home.lock, 'pin', guest.credential ?? ''),
    });
    const all = { own: true, gate: true, guest: true };
    await decide(home, 'suspend');
    await town.settle();
    expect(opens()).toEqual(all);

    const decided = now();
    await decide(home, 'lose');
    platform.clock.pass(15);
    await town.settle();
    expect(now() - decided).toBeLessThan(60_000);
    expect(opens()).toEqual({ ...all, guest: false });
    await expect(issue(home, { kind: 'card', credential: '77' })).rejects.toThrow(KeysHeld);
    await expect(town.keys.revoke(town.clerk, home.main, '无资格')).rejects.toThrow(LastKey);

    platform.clock.pass(15 * 86_400 + 15);
    await town.settle();
    expect(opens()).toEqual({ own: true, gate: false, guest: false });
    // The clock alone never closes the front door, and a court's order waits for the time to move out.
    const close = (ground: 'court-order' | 'handed-over') =>
      town.keys.close(town.clerk, {
        household: home.household,
        house: home.house.id,
        ground,
        document: '(2026)执字第1号',
      });
    await expect(close('court-order')).rejects.toThrow(DoorNotClosable);
    platform.clock.pass(100 * 86_400);
    await town.settle();
    expect(opens().own).toBe(true);
    await close('court-order');
    await town.settle();
    expect(opens()).toEqual({ own: false, gate: false, guest: false });
    expect(town.lockOf(home.lock).leave(now())).toBe(true);
    expect(town.lockOf(home.lock).frozen).toBe(false);
    expect(await town.keys.ladderOf(town.clerk, home.household)).toMatchObject({
      rung: 'door',
      closing: { ground: 'court-order' },
    });

    // Entitled again, everything opens as before, by the same keys.
    await decide(home, 'grant');
    await platform.kernel.db.systemTransaction((tx) =>
      platform.kernel.outbox.add(
        tx,
        eligibilityChanged,
        { organisation: platform.organisation, place: '' },
        { id: home.lease, household: home.household, kind: 'spot', from: 'publicity', to: 'approved' },
      ),
    );
    await town.settle();
    expect(opens()).toEqual(all);
  },
);

test(clause('H-9.1.2-b-1', 'a lock that is out of reach freezes with the first word it hears again'), async () => {
  const home = await family();
  const guest = await issue(home, { kind: 'pin', pattern: 'period', validUntil: soon(60), label: '访客' });
  await town.settle();
  const show = () => town.show(home.lock, 'pin', guest.credential ?? '');
  town.awake.delete(home.lock.number);
  await decide(home, 'lose');
  await town.settle();
  expect([show(), (await town.keys.get(town.clerk, guest.key)).locks.find(({ gate }) => !gate)?.confirmed]).toEqual([
    true,
    false,
  ]);
  // Longer than a command lives: it is given anew, not forgotten.
  platform.clock.pass(8 * 86_400);
  await town.commands.upkeep.sweep();
  await town.settle();
  town.awake.add(home.lock.number);
  await town.settle();
  expect([show(), (await town.keys.get(town.clerk, guest.key)).state]).toEqual([false, 'frozen']);
});

test('credentials lie sealed, are shown to their holder alone and leave a line; other districts see nothing', async () => {
  const [home, neighbour] = [await family(), await family()];
  await expect(town.keys.showOwn(neighbour.account, home.main)).rejects.toThrow(KeyMissing);
  expect((await town.keys.own(home.account)).map(({ id }) => id)).toEqual([home.main]);
  const { rows } = await platform.owner.query(
    `select encode(sealed, 'escape') as sealed from doorkeys.key where id = $1`,
    [home.main],
  );
  expect([rows.length, rows[0].sealed.includes(home.pin)]).toEqual([1, false]);
  const journal = await platform.owner.query(
    `select line::text as line from audit.line where action like 'door-key.%'`,
  );
  expect(journal.rows.length).toBeGreaterThan(1);
  expect(JSON.stringify(journal.rows)).not.toContain(home.pin);
  const elsewhere = platform.actorAt(['elsewhere/'], 'door-key:read', 'door-key:write');
  expect((await town.keys.list(elsewhere, { house: home.house.id, limit: 10 })).items).toEqual([]);
  expect(await town.keys.uses.list(elsewhere, { limit: 10 })).toEqual([]);
  for (const verb of ['freeze', 'revoke'] as const)
    await expect(town.keys[verb](elsewhere, home.main, '试试')).rejects.toThrow(KeyMissing);
});

test('over HTTP a key is issued once with its secret, listed without, and a mechanical one is only written down', async () => {
  const home = await family();
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const headers = { authorization: `Test ${town.clerk.id}` };
    const answer = await platform.http.app.inject({
      method,
      url: `/api/v1${url}`,
      headers,
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const base = { house: home.house.id, holder: home.person, label: '访客' };
  const guest = { ...base, kind: 'pin', pattern: 'once', validUntil: soon(2).toISOString() };
  const made = await ask('POST', '/door-keys', guest);
  expect([made.status, made.body.credential]).toEqual([201, expect.stringMatching(/^\d{8}$/)]);
  expect((await ask('POST', '/door-keys', { ...guest, validUntil: undefined })).status).toBe(400);
  const metal = await ask('POST', '/door-keys', {
    ...base,
    kind: 'mechanical',
    pattern: 'lasting',
    label: '机械钥匙 3 号',
  });
  expect(metal.body.credential).toBeNull();
  await town.settle();
  const { body } = await ask('GET', `/door-keys?house=${home.house.id}`);
  expect(body.items.map(({ kind, state }: { kind: string; state: string }) => `${kind} ${state}`).sort()).toEqual([
    ...['mechanical working', 'pin working', 'pin working'],
  ]);
  expect(JSON.stringify(body)).not.toContain(made.body.credential);
  expect((await ask('GET', `/door-keys/ladder/${home.household}`)).body).toMatchObject({ rung: 'none', lostAt: null });
  expect((await ask('GET', `/door-keys/uses?house=${home.house.id}`)).status).toBe(200);
});
