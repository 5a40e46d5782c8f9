import type { Installation } from '@keystead/kernel/testing';
import { eventually } from '../devices/index.ts';
import { newAuthority } from './authority.ts';
import { billRuns } from './bill-runs.ts';
import { says } from './device-door.ts';
import { inhabitedDoorKeys } from './door-keys.ts';
import { ruleDraft as alarmRule } from './examples/alarms.ts';
import { ruleDraft as caseRule } from './examples/cases.ts';
import { definition, hook } from './examples/notices.ts';
import { planDraft } from './examples/plans.ts';
import { dialPhoto } from './examples/signals.ts';
import { videoSettings } from './examples/video.ts';
import { inhabitedHousing } from './housing-flow.ts';
import { startMediaPeer } from './media-peer.ts';
import { ownerOf } from './owner.ts';
import { addAccount, addPerson, type Person } from './person.ts';
import { inhabitedField, newPicture } from './phone.ts';
import { inhabitedResidents } from './residents.ts';
import { inhabitedFirmware } from './signed-firmware.ts';
import { inhabitedSwaps } from './swap-flow.ts';
import { inhabitedTenancy } from './tenancy.ts';
import { inhabitedTenants } from './tenants.ts';
import { newWord, type World } from './world.ts';

interface Made {
  id: string;
}
interface Page<Item> {
  items: Item[];
}

/** What a step of a case says when an example takes it on the way to the state it wants. */
const onTheWay = (step: string, me: string): [path: string, body: Record<string, unknown>] => {
  const ways: Record<string, [string, Record<string, unknown>]> = {
    assign: ['assignment', { assignee: me }],
    accept: ['acceptance', {}],
    start: ['start', {}],
    wait: ['wait', { waitingFor: 'parts' }],
    finish: ['completion', { note: '已处理' }],
    confirm: ['confirmation', {}],
  };
  return ways[step] ?? [step, {}];
};

/** A world of real objects, made through the API by `admin` under one project (a new one unless named). */
export function inhabited(platform: Installation, admin: Person, under?: string): World {
  let colleague: Promise<Person> | undefined;
  const bill = billRuns(admin);
  let standing: Promise<{ id: string; path: string }> | undefined;
  const make = async (path: string, body: unknown): Promise<string> => (await admin.send<Made>('POST', path, body)).id;
  const home = () => {
    standing ??= under
      ? admin.get(`/places/${under}`)
      : admin.send('POST', '/places', { parent: null, kind: 'project', code: newWord(), name: '试验小区' });
    return standing;
  };
  const project = async () => (await home()).id;
  const projectPath = async () => (await home()).path;
  const place = async () =>
    make('/places', { parent: await project(), kind: 'building', code: newWord(), name: '试验楼' });
  const placePath = async () => (await admin.get<{ path: string }>(`/places/${await place()}`)).path;

  async function thing(more: object = { state: 'in-use' }): Promise<{ id: string; code: string }> {
    const code = newWord();
    const draft = { code, name: `烟感 ${code}`, family: 'smoke-detector', placeId: await place(), ...more };
    return { id: await make('/things', draft), code };
  }

  const supervisionTerminal = async () =>
    make('/supervision/terminals', { name: newWord(), severity: 4, place: await project() });

  async function pushedWarning(): Promise<{ terminal: string; alarm: string }> {
    const terminal = await supervisionTerminal();
    const raised = await alarm();
    const sent = () => admin.get<{ alarm: string }[]>(`/supervision/terminals/${terminal}/warnings`);
    await eventually(sent, (list) => list.some((each) => each.alarm === raised));
    return { terminal, alarm: raised };
  }

  async function alarm(): Promise<string> {
    const { id } = await thing();
    const { value } = await admin.send<{ value: string }>('POST', `/things/${id}/credentials`, { kind: 'token' });
    await says(platform, value, { smoke: 60 });
    const found = await eventually(
      () => admin.get<Page<Made>>('/alarms', { state: 'all', subject: id }),
      ({ items }) => items.length > 0,
      60,
    );
    return found.items[0]?.id ?? '';
  }

  async function someCase(steps: readonly string[] = [], kind = 'request'): Promise<string> {
    const id = await make('/cases', { kind, title: '一件事', placeId: await place() });
    for (const step of steps) {
      const [path, body] = onTheWay(step, admin.id);
      await admin.send('POST', `/cases/${id}/${path}`, body);
    }
    return id;
  }

  const notifyRule = async () => make('/notify-rules', { name: newWord(), enabled: true, definition });
  const trial = async () => admin.send<{ deliveries: string[] }>('POST', `/notify-rules/${await notifyRule()}/trial`);
  const account = async () => (await addAccount(admin)).id;
  const role = async () =>
    make('/identity/roles', {
      code: newWord().toLowerCase(),
      names: { 'zh-CN': '试用', en: 'On trial' },
      permissions: ['place:read'],
    });

  const device = async (family: string) =>
    make('/things', { code: newWord(), name: family, family, placeId: await place(), state: 'in-use' });

  const bareHouse = async () =>
    make('/places', { parent: await place(), kind: 'house', code: newWord(), name: '一套房' });

  async function topProject(): Promise<string> {
    const code = newWord();
    await admin.send('POST', '/places', { parent: null, kind: 'project', code, name: '导入的小区' });
    return code;
  }

  async function houseBatch(): Promise<string> {
    const bytes = Buffer.from(`project,building,code\n${await topProject()},B1,101\n`);
    const { body } = await admin.ask('POST', '/houses/import', { bytes });
    return (body as { batch: string }).batch;
  }

  /** Its first round is tomorrow and given out forty days ahead: the worker makes it within ten seconds. */
  async function round(): Promise<string> {
    const from = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const draft = planDraft(await place(), from);
    const plan = await make('/plans', { ...draft, definition: { ...draft.definition, lead: 40 * 86_400 } });
    const period = { plan, from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };
    const found = await eventually(
      () => admin.get<Page<Made>>('/plans/occurrences', period),
      ({ items }) => items.length > 0,
      60,
    );
    return found.items[0]?.id ?? '';
  }

  const residents = inhabitedResidents(
    admin,
    place,
    newWord,
    async (plan) => {
      const owner = await ownerOf(platform);
      const { rows } = await owner.query<Made>(
        `insert into care.visit (id, organisation, place, plan, key, household, person, due_on, state)
       select gen_random_uuid(), organisation, place, id, 'trial', household, person, current_date, 'due'
       from care.visit_plan where id = $1 returning id`,
        [plan],
      );
      await owner.end();
      return rows[0]?.id ?? '';
    },
    () => another(),
  );
  const ownHousehold = async (): Promise<string> => {
    await residents.ownPaper();
    // The file follows its household to another place a moment later.
    const file = () => admin.ask('GET', '/own-household');
    const { body } = await eventually(file, ({ status }) => status === 200, 20);
    await residents.noOwnBar();
    return (body as { id: string }).id;
  };
  const another = () => {
    colleague ??= addPerson(platform.url, admin, { role: 'system-administrator' });
    return colleague;
  };
  const housing = inhabitedHousing(admin, { place, word: newWord, ownHousehold });

  return {
    me: admin.id,
    house: async () => make('/houses', { parent: await place(), code: newWord(), name: '一套房', dossier: {} }),
    bareHouse,
    topProject,
    houseBatch,
    warning: async (withCase) => {
      const house = await make('/houses', { parent: await place(), code: newWord(), name: '一套房', dossier: {} });
      const id = await make('/risk', { kind: 'sublet', house, grade: 3 });
      if (withCase) await admin.send('POST', `/risk/${id}/case`, { note: '走访核实' });
      return id;
    },
    plan: async () => make('/plans', planDraft(await place(), '2035-01-05')),
    round,
    word: newWord,
    project,
    projectPath,
    placePath,
    place,
    elsewhere: () => make('/places', { parent: null, kind: 'project', code: newWord(), name: '另一个小区' }),
    importedPlaces: async () => {
      await admin.send('POST', '/places/import', { rows: [{ path: newWord(), kind: 'project', name: '导入的小区' }] });
    },
    importedThings: async () => {
      await admin.send('POST', '/things/import', {
        rows: [{ code: newWord(), name: '烟感', family: 'smoke-detector' }],
      });
    },
    thing: () => thing(),
    plannedThing: async () => (await thing({})).id,
    credential: async () => {
      const { id } = await thing();
      return { thing: id, credential: await make(`/things/${id}/credentials`, { kind: 'token' }) };
    },
    authority: () => make('/things/authorities', { name: '设备厂商', pem: newAuthority() }),
    provisionKey: () => make('/things/provision-keys', { family: 'smoke-detector', days: 1, most: 5 }),
    relation: async () => {
      const [one, other] = [await thing(), await thing()];
      await admin.send('POST', `/things/${one.id}/relations`, { kind: 'depends-on', target: other.id });
      return { thing: one.id, target: other.id };
    },
    part: () => make('/things/parts', { code: newWord(), name: '电池', unit: '节', stock: 5, lowMark: 1 }),
    dialCheck: async () => {
      const query = dialPhoto(await device('water-meter'));
      return ((await admin.ask('POST', '/dials', { query, bytes: newPicture() })).body as Made).id;
    },
    record: async () => {
      const query = { name: 'paper.txt', mediaType: 'text/plain', subject: 'trial:paper', storeLevel: '2' };
      const where = { ...query, place: await place() };
      const { body } = await admin.ask('POST', '/records', {
        query: where,
        bytes: Buffer.from(`paper ${newWord()}\n`),
      });
      return (body as Made).id;
    },
    alarm,
    supervisionTerminal,
    pushedWarning,
    silence: async () => {
      const until = new Date(Date.now() + 3_600_000).toISOString();
      return make('/alarms/silences', { place: await placePath(), until, reason: '演练' });
    },
    alarmRule: () => make('/alarm-rules', alarmRule),
    case: someCase,
    item: async () => {
      const id = await someCase();
      const body = { text: '拍照', required: false };
      const { items } = await admin.send<Page<Made>>('POST', `/cases/${id}/items`, body);
      return { case: id, item: items.at(-1)?.id ?? '' };
    },
    link: async () => {
      const [id, target] = [await someCase(), await someCase()];
      await admin.send('POST', `/cases/${id}/links`, { relation: 'caused-by', target });
      return { case: id, target };
    },
    advisory: (draft) => make('/patches/advisories', draft),
    caseRule: () => make('/case-rules', caseRule),
    notifyRule,
    channel: () => make('/notify-channels', hook(newWord())),
    message: async () => {
      await trial();
      const unread = () => admin.get<Page<Made>>('/messages', { unread: 'true' });
      const { items } = await eventually(unread, (page) => page.items.length > 0, 60);
      return items[0]?.id ?? '';
    },
    notice: async () => (await trial()).deliveries[0] ?? '',
    failedDelivery: async () => {
      const owner = await ownerOf(platform);
      const { rows } = await owner.query(
        `insert into kernel.delivery (subscription, event, type, organisation, place, at, payload, attempts, error)
         values ('trial.nobody', gen_random_uuid(), 'trial.v1', gen_random_uuid(), '', now(), '{}', 9, 'given up')
         returning event, subscription`,
      );
      await owner.end();
      return rows[0] as { event: string; subscription: string };
    },
    account,
    role,
    assignment: async () => {
      const user = await account();
      const body = { role: await role(), reach: 'organisation' };
      return { user, assignment: await make(`/identity/users/${user}/roles`, body) };
    },
    key: async () => {
      const body = { name: newWord(), permissions: ['place:read'] };
      return (await admin.send<{ key: Made }>('POST', '/identity/keys', body)).key.id;
    },
    codec: (draft) => make('/codecs', draft),
    replacedCodec: async (draft) => {
      const id = await make('/codecs', draft);
      await admin.send('POST', `/codecs/${id}/publications`, { number: 1 });
      const { source, samples } = draft;
      await admin.send('POST', `/codecs/${id}/versions`, { source, samples });
      await admin.send('POST', `/codecs/${id}/publications`, { number: 2 });
      return id;
    },
    waitingCommand: async () => make('/commands', { thing: (await thing()).id, service: 'silence', reason: '演练' }),
    waitingRun: async () =>
      make('/commands/batches', { targets: { things: [(await thing()).id] }, service: 'silence', reason: '演练' }),
    draftCommand: async () => make('/commands', { thing: (await thing()).id, service: 'test', draft: true }),
    scene: (draft) => make('/scenes', draft),
    device,
    liveLink: async () => {
      const id = await device('camera');
      const stream = newWord();
      await admin.send('PUT', '/video/settings', videoSettings);
      await admin.send('PUT', `/video/cameras/${id}`, { stream, upward: null });
      const { url } = await admin.get<{ url: string }>(`/video/cameras/${id}/live`);
      return { app: videoSettings.app, stream, params: new URL(url).search.slice(1) };
    },
    mediaServer: async () => {
      await admin.send('PUT', '/video/settings', { ...videoSettings, mediaUrl: await startMediaPeer() });
    },
    edgeAgent: async () => {
      const id = await device('edge-agent');
      await admin.send('PUT', `/fleet/${id}/configuration`, { document: {} });
      return id;
    },
    firmware: inhabitedFirmware({
      trust: (publicKey) => make('/firmware/signers', { name: newWord(), publicKey }),
      put: async (query, bytes) => ((await admin.ask('POST', '/firmware/packages', { query, bytes })).body as Made).id,
      begin: (body) => make('/firmware/campaigns', body),
      pause: async (id) => {
        await admin.send('POST', `/firmware/campaigns/${id}/pause`, { note: '' });
      },
      device: async (family) => {
        const id = await device(family);
        const { value } = await admin.send<{ value: string }>('POST', `/things/${id}/credentials`, { kind: 'token' });
        return { id, report: (values) => says(platform, value, values) };
      },
      reached: async (id, wanted) => {
        const look = () => admin.get<{ counts: { state: string }[] }>(`/firmware/campaigns/${id}`);
        await eventually(look, ({ counts }) => counts.some(({ state }) => state === wanted), 60);
      },
    }),
    joinToken: async () => admin.send('POST', '/fleet/join-tokens', { name: newWord(), placeId: await place() }),
    linkage: (draft) => make('/linkages', draft),
    residents,
    housing,
    field: inhabitedField(admin, () => someCase([], 'maintenance')),
    swaps: inhabitedSwaps(admin, housing, place, another),
    tenancy: inhabitedTenancy(admin, place, newWord, bill),
    tenants: inhabitedTenants(platform.url, admin, place, newWord, bill),
    doorKeys: inhabitedDoorKeys(admin, {
      place,
      household: residents.household,
      ownHousehold,
    }),
    colleague: another,
    person: () => addPerson(platform.url, admin, { role: 'supervisor' }),
  };
}
