import { execFileSync } from 'node:child_process';
import type { StockService } from '@keystead/apps/housing/stock';
import type { Actor } from '@keystead/contracts/access';
import { eligibilityChanged } from '@keystead/contracts/events/eligibility';
import { newId } from '@keystead/contracts/ids';
import type { PartiesService } from '@keystead/data/parties';
import type { Place, PlacesService } from '@keystead/data/places';
import type { Module } from '@keystead/kernel/module';
import { startPlatform } from '@keystead/kernel/testing';

const dossier = {
  location: { address: '云龙区和平路 1 号', postcode: '221000' },
  building: { structure: '钢筋混凝土', builtYear: 2021 },
  ownership: { owner: '市住房保障中心', kind: 'government', certificateNumber: '苏(2021)徐州市不动产权第0000001号' },
  lease: { rentStandard: 1000, marketRent: 1500, deposit: 100_000, quota: 3 },
  management: { operator: '安居运营公司', propertyCompany: '安居物业', contactPhone: '0516-83700000' },
} as const;

/** A project with houses to give out and households that wait for them, each with somebody who signs in. */
export async function startTown(...modules: Module[]) {
  const platform = await startPlatform(...modules);
  const stock = platform.services.stock as StockService;
  const parties = platform.services.parties as PartiesService;
  const tree = platform.services.places as PlacesService;
  const rights =
    'house:read house:write place:read place:write party:read party:write household:read lease:read lease:write lease:sign';
  const clerk: Actor = platform.actor(
    ...`${rights} allocation:read allocation:write allocation:draw allocation:configure exit:read exit:write exit:configure`.split(
      ' ',
    ),
    ...'bill:read bill:run bill:write bill:adjust payment:take payment:read ledger:read eligibility:read'.split(' '),
  );
  const project = await tree.create(clerk, { parent: null, kind: 'project', code: 'P', name: '安居苑' });
  const building: Place = await tree.create(clerk, { parent: project.id, kind: 'building', code: 'B', name: '1栋' });
  const lessor = await parties.add(clerk, { kind: 'organisation', name: '安居公司', placeId: building.id });
  let count = 0;

  async function house(under: string = building.id): Promise<string> {
    const code = `H${++count}`;
    const attributes = { floorArea: 60, usableArea: 42, layout: '一室一厅' };
    const { id } = await stock.create(
      clerk,
      { parent: under, code, name: code, attributes },
      { dossier, state: 'vacant' },
    );
    await stock.step(clerk, id, 'release', {});
    return id;
  }

  async function family() {
    const { id } = await parties.add(clerk, { kind: 'household', name: `家庭${++count}`, placeId: building.id });
    const tenant = platform.actor('own-data:use');
    await parties.addMember(clerk, id, {
      person: { name: `承租人${count}`, account: tenant.id, fields: [] },
      relation: 'applicant',
      from: '2024-01-01',
    });
    return { household: id, tenant };
  }

  /** A household that lives in a house since today: signed by both, checked in. Asks for the module of move-ins, and a lessor. */
  async function tenancy(home?: string) {
    const at = home ?? (await house());
    const { household, tenant } = await family();
    const { body: process } = await ask('POST', '/move-ins', clerk, { household, house: at });
    const { lease } = (await ask('POST', `/move-ins/${process.id}/contract`, clerk, {})).body;
    for (const [role, party] of [
      ['tenant', household],
      ['lessor', lessor.id],
    ]) {
      const { digest } = (await ask('GET', `/leases/${lease}`, clerk)).body;
      const signature = { role, party, digest, identityCheck: 'counter', consent: '同意' };
      await ask('POST', `/leases/${lease}/signatures`, clerk, signature);
    }
    const handover = { readings: {}, furniture: [], photos: [] };
    const done = await ask('POST', `/move-ins/${process.id}/check-in`, clerk, handover);
    if (done.body.state !== 'checked-in') throw new Error(`${done.status} ${JSON.stringify(done.body)}`);
    await platform.drain();
    return { house: at, household, tenant, lease: lease as string };
  }

  /** Its application is approved, under a category. */
  async function approve(household: string, category?: string): Promise<void> {
    const where = { organisation: platform.organisation, place: building.path };
    await platform.db.systemTransaction((tx) =>
      platform.kernel.outbox.add(tx, eligibilityChanged, where, {
        ...{ id: newId(), household, kind: 'initial', from: 'publicity', to: 'approved' },
        ...(category ? { category } : {}),
      }),
    );
    await platform.drain();
  }

  async function ask(method: 'GET' | 'POST' | 'PUT', path: string, as: Actor, payload?: object | Buffer) {
    const bytes = Buffer.isBuffer(payload);
    const answer = await platform.http.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { authorization: `Test ${as.id}`, ...(bytes ? { 'content-type': 'application/octet-stream' } : {}) },
      ...(payload && { payload }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return { status: answer.statusCode, body: isJson ? JSON.parse(answer.body) : null };
  }

  /** What a paper says, as a reader of files finds it. */
  async function paper(path: string, as: Actor): Promise<string> {
    const answer = await platform.http.app.inject({
      ...{ method: 'GET', url: `/api/v1${path}`, headers: { authorization: `Test ${as.id}` } },
    });
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
    return execFileSync('pdftotext', ['-layout', '-', '-'], { encoding: 'utf8', input: answer.rawPayload });
  }

  const stateOf = async (id: string) => (await stock.get(clerk, id)).row.state;
  return {
    platform,
    stock,
    parties,
    tree,
    clerk,
    project,
    building,
    lessor,
    house,
    family,
    tenancy,
    approve,
    ask,
    paper,
    stateOf,
  };
}

export type Town = Awaited<ReturnType<typeof startTown>>;
