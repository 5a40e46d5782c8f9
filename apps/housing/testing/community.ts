import type { BillingService } from '@keystead/apps/housing/billing';
import type { LeasesService } from '@keystead/apps/housing/leases';
import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PartiesService } from '@keystead/data/parties';
import type { Place, PlacesService } from '@keystead/data/places';
import type { Module } from '@keystead/kernel/module';
import type { IdentityService } from '@keystead/kernel/security/identity';
import { startPlatform } from '@keystead/kernel/testing';

export interface Family {
  readonly account: Actor;
  readonly phone: string;
  readonly lease: string;
  readonly house: string;
}

/** One building with families that sign in, a lease office, and workers who mend things. */
export async function startCommunity(residents: Module) {
  const platform = await startPlatform(residents);
  const services = platform.services;
  const places = services.places as PlacesService;
  const parties = services.parties as PartiesService;
  const leases = services.leases as LeasesService;
  const cases = services.cases as CasesService;
  const billing = services.billing as BillingService;
  const identity = services.identity as IdentityService;
  const sent = new Map<string, string>();
  identity.codes.useCarrier(async ({ account }, { code }) => {
    sent.set(account, code);
    return true;
  });
  const clerk = platform.actor(
    ...[
      'party:read',
      'party:write',
      'place:write',
      'lease:read',
      'lease:write',
      'lease:sign',
      'case:write',
      'case:read',
    ],
    ...[
      'case:assign',
      'case:handle',
      'bill:read',
      'bill:run',
      'bill:write',
      'fee:write',
      'payment:manage',
      'system:write',
    ],
  );
  const { organisation } = platform;
  const now = platform.clock.now();
  const role = newId();
  await platform.owner.query(
    `insert into identity.organisation (id, kind, name, second_factor, made_at)
     values ($1, 'operating-body', '安居公司', 'waived-while-loopback', $2)`,
    [organisation, now],
  );
  await platform.owner.query(
    `insert into identity.role (id, organisation, code, names, permissions, denies, made_at)
     values ($1, $2, 'mender', '{"zh-CN": "维修工", "en": "Mender"}', '{case:handle}', '{}', $3)`,
    [role, organisation, now],
  );
  const project = await places.create(clerk, { parent: null, kind: 'project', code: 'P', name: '小区' });
  const building = await places.create(clerk, { parent: project.id, kind: 'building', code: 'B', name: '1栋' });
  const far = await places.create(clerk, { parent: null, kind: 'project', code: 'F', name: '远处小区' });
  const lessor = await parties.add(clerk, { kind: 'organisation', name: '安居公司', placeId: project.id });
  let count = 0;

  async function account(id: string, kind: 'staff' | 'tenant', name: string, phone: string): Promise<void> {
    await platform.owner.query(
      `insert into identity.account (id, organisation, kind, user_name, name, phone, language, state, made_at, changed_at)
       values ($1, $2, $3, $4, $5, $6, 'zh-CN', 'active', $7, $7)`,
      [id, organisation, kind, `user-${++count}`, name, phone, now],
    );
  }

  async function ask(as: Actor, method: string, path: string, body?: unknown) {
    const bytes = Buffer.isBuffer(body);
    const answer = await platform.http.app.inject({
      method: method as 'GET',
      url: `/api/v1${path}`,
      headers: {
        authorization: `Test ${as.id}`,
        ...(bytes ? { 'content-type': 'application/octet-stream' } : {}),
      },
      ...(body === undefined ? {} : { payload: body as Buffer }),
    });
    const json = String(answer.headers['content-type'] ?? '').includes('json');
    return { status: answer.statusCode, body: json ? answer.json() : answer.body };
  }

  /** A worker with skills who may handle cases below a place. */
  async function worker(name: string, skills: string[], at: Place, most = 5): Promise<Actor> {
    const actor = platform.actor('case:handle', 'case:read', 'record:write');
    await account(actor.id, 'staff', name, '');
    const assignment = newId();
    await platform.owner.query(
      `insert into identity.assignment (id, organisation, account, role, reach, made_at) values ($1, $2, $3, $4, 'places', $5)`,
      [assignment, organisation, actor.id, role, now],
    );
    await platform.owner.query(
      'insert into identity.assignment_place (assignment, organisation, place, path) values ($1, $2, $3, $4)',
      [assignment, organisation, at.id, at.path],
    );
    await cases.setWorker(clerk, actor.id, { skills, most });
    return actor;
  }

  /** A lease for a house of its own, as far as the tenant's signature. */
  async function offer(household: string): Promise<{ lease: string; house: string }> {
    const code = `H${++count}`;
    const house = await places.create(clerk, { parent: building.id, kind: 'house', code, name: `${code}室` });
    const { id } = await leases.create(clerk, {
      house: house.id,
      tenant: { party: household, name: '承租家庭' },
      lessor: { party: lessor.id, name: lessor.name },
      startsOn: '2026-06-01',
      endsOn: '2027-05-31',
      title: '公租房租赁合同',
      terms: { 用途: '居住' },
      fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: 50_000 } }],
    });
    await leases.step(clerk, id, 'submit', '');
    return { lease: id, house: house.id };
  }

  async function newcomer(name: string): Promise<Family> {
    const household = await parties.add(clerk, { kind: 'household', name: `${name}家`, placeId: project.id });
    const tenant = platform.actorAt([], 'own-data:use');
    const phone = `138${String(10_000_000 + ++count)}`;
    await account(tenant.id, 'tenant', name, phone);
    const person = { name, account: tenant.id, fields: [] };
    await parties.addMember(clerk, household.id, { person, relation: 'applicant', from: '2024-01-01' });
    return { account: tenant, phone, ...(await offer(household.id)) };
  }

  /** Signs in the tenant's name as the app does, with the code that was sent. */
  async function sign({ account: tenant, lease }: Family) {
    const { digest } = (await ask(tenant, 'GET', `/own-leases/${lease}`)).body;
    await ask(tenant, 'POST', `/own-leases/${lease}/codes`);
    const code = sent.get(tenant.id) ?? '';
    return ask(tenant, 'POST', `/own-leases/${lease}/signatures`, { digest, consent: '同意', code });
  }

  /** Both sides signed; the family lives there. */
  async function settle(name: string): Promise<Family> {
    const family = await newcomer(name);
    await sign(family);
    const { digest } = (await ask(clerk, 'GET', `/leases/${family.lease}`)).body;
    const side = { role: 'lessor', party: lessor.id, digest, identityCheck: 'counter', consent: '同意' };
    await leases.sign(clerk, family.lease, side);
    await platform.drain();
    return family;
  }

  async function bill(): Promise<void> {
    await ask(clerk, 'POST', '/bills/runs', { period: '2026-06' });
    await billing.runs.advance();
  }

  return { platform, clerk, cases, identity, sent, project, far, ask, worker, newcomer, sign, settle, bill };
}

export type Community = Awaited<ReturnType<typeof startCommunity>>;
