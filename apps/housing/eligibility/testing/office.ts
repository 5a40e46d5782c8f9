import { households } from '@keystead/apps/housing/households';
import { type LeasesService, leases } from '@keystead/apps/housing/leases';
import { type PolicyService, policy } from '@keystead/apps/housing/policy';
import { type AgreementsService, agreements } from '@keystead/apps/work/agreements';
import { cases } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { type PartiesService, parties } from '@keystead/data/parties';
import { type Place, type PlacesService, places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { startPlatform } from '@keystead/kernel/testing';
import { type EligibilityService, eligibility as module } from '../index.ts';
import { startAuthority } from './authority.ts';

const secret = 'a secret of at least sixteen letters';

/** An office that decides who is entitled: two districts, a clerk, three judges, and an authority that is asked. */
export async function startOffice() {
  const platform = await startPlatform(places, parties, records, cases, agreements, leases, policy, households, module);
  const eligibility = platform.services.eligibility as EligibilityService;
  const registry = platform.services.parties as PartiesService;
  const tree = platform.services.places as PlacesService;
  const lease = platform.services.leases as LeasesService;
  const agreed = platform.services.agreements as AgreementsService;
  const packs = platform.services.policy as PolicyService;
  const rights = ['eligibility:read', 'eligibility:write', 'eligibility:decide', 'household:read', 'household:decide'];
  const clerk = platform.actor(...rights, 'place:write', 'party:read', 'party:write', 'case:read', 'case:write');
  const judges = [1, 2, 3].map(() => platform.actor(...rights));
  const project = await tree.create(clerk, { parent: null, kind: 'project', code: 'P', name: '小区' });
  const building = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'B', name: '1栋' });
  const elsewhere = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'C', name: '2栋' });
  const authority = await startAuthority(secret);
  await eligibility.checks.setSource(clerk, 'tax', authority.url, secret);
  let count = 0;

  /** A number with the right check digit, another one each time. */
  function residentId(): string {
    const head =
      `110105199001${String(++count).padStart(5, '0').replace(/^0/, '1')}`.slice(0, 14) +
      String(count).padStart(3, '0');
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const sum = weights.reduce((total, weight, at) => total + weight * Number(head[at]), 0);
    return head + '10X98765432'[sum % 11];
  }
  async function family(income = '3000000', at: Place = building) {
    const home = await registry.add(clerk, { kind: 'household', name: `家庭${count}`, placeId: at.id });
    const account = platform.actor('own-data:use');
    const id = residentId();
    const fields = [
      { field: 'resident-id' as const, value: id },
      { field: 'income' as const, value: income },
    ];
    const { person } = await registry.addMember(clerk, home.id, {
      person: { name: `申请人${count}`, account: account.id, fields },
      relation: 'applicant',
      from: '2024-01-01',
    });
    return { household: home.id, person, account, residentId: id };
  }
  const step = (
    id: string,
    name: Parameters<EligibilityService['reviews']['take']>[2],
    by = clerk,
    reason: string | null = null,
  ) => eligibility.reviews.take(by, id, name, reason);
  const ask = () => eligibility.checks.askDue(AbortSignal.timeout(10_000));
  const by = (index: number): Actor => judges[index] ?? clerk;

  /** Through the checks and all stages but the last. */
  async function judged(id: string) {
    await step(id, 'accept');
    await ask();
    await step(id, 'forward', by(0));
    await step(id, 'pass', by(1));
    return step(id, 'pass', by(2));
  }
  async function home(at: Place = building): Promise<{ id: string; name: string }> {
    const code = `H${++count}`;
    return tree.create(clerk, { parent: at.id, kind: 'house', code, name: code });
  }
  async function letTo(household: string, startsOn = '2026-06-01', endsOn = '2029-05-31', at: Place = building) {
    const house = await home(at);
    const lessor = await registry.add(clerk, { kind: 'organisation', name: `安居公司${house.name}`, placeId: at.id });
    const sides = { tenant: { party: household, name: '家庭' }, lessor: { party: lessor.id, name: lessor.name } };
    const term = { startsOn, endsOn, title: '租赁合同', terms: {}, fees: [] };
    const { id } = await lease.create(clerk, { house: house.id, ...sides, ...term });
    await lease.step(clerk, id, 'submit', '');
    for (const [role, party] of [
      ['tenant', household],
      ['lessor', lessor.id],
    ] as const) {
      const digest = (await agreed.versions(clerk, id)).at(-1)?.digest ?? '';
      await lease.sign(clerk, id, { role, party, digest, identityCheck: 'counter', consent: '同意' });
    }
    return { id, house: house.id };
  }
  /** The numbers a place has of its own from today on. */
  async function setRules(place: Place | null, numbers: Record<string, number>): Promise<string> {
    const [drafts, publishes] = [1, 2].map(() => platform.actor('policy:read', 'policy:write', 'policy:publish'));
    if (!drafts || !publishes) throw new Error('nobody publishes');
    const { inForce } = await packs.list(drafts);
    const draft = await packs.draft(drafts, inForce, place ? { code: `district-${++count}`, place: place.id } : {});
    const values = Object.fromEntries(
      Object.entries(numbers).map(([rule, value]) => [rule, { value, source: '区细则' }]),
    );
    await packs.edit(drafts, draft.id, undefined, { values });
    const today = new Date(platform.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    await packs.publish(publishes, draft.id, today);
    return draft.id;
  }
  /** Texts a sign-in was sent, after those that wait have gone. */
  async function textsTo(account: Actor): Promise<{ title: string; body: string }[]> {
    const { rows } = await platform.owner.query(
      `select j.id, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'eligibility.tell' order by j.id`,
    );
    for (const { id, payload } of rows) {
      await platform.kernel.jobs.runNow(eligibility.telling, payload);
      await platform.owner.query('delete from graphile_worker._private_jobs where id = $1', [id]);
    }
    const told = await platform.owner.query(
      `select title, body from notify.message where receiver = $1 and about_kind = 'eligibility' order by id`,
      [account.id],
    );
    return told.rows;
  }
  /** What the clerk is answered. */
  async function got(path: string) {
    const headers = { authorization: `Test ${clerk.id}` };
    const answer = await platform.http.app.inject({ method: 'GET', url: `/api/v1${path}`, headers });
    return { status: answer.statusCode, body: JSON.parse(answer.body) };
  }
  const stop = async (): Promise<void> => {
    await authority.stop();
    await platform.stop();
  };
  return {
    ...{
      platform,
      eligibility,
      registry,
      clerk,
      judges,
      building,
      elsewhere,
      authority,
      residentId,
      family,
      step,
      ask,
      by,
    },
    ...{ judged, home, letTo, setRules, textsTo, got, stop },
  };
}

export type Office = Awaited<ReturnType<typeof startOffice>>;
