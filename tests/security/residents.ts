import { randomUUID } from 'node:crypto';
import { eventually } from '../devices/index.ts';
import type { Person } from './person.ts';

interface Made {
  id: string;
}

/** People and households of examples: each call gives new ones, unless it says otherwise. */
export interface Residents {
  /** A household with its file open, and its applicant. */
  household(): Promise<{ household: string; person: string }>;
  /** One without a file yet. */
  bareHousehold(): Promise<string>;
  mark(): Promise<string>;
  /** Somebody marked as in need of care. */
  marked(): Promise<string>;
  visitPlan(): Promise<string>;
  /** A visit that is due today. */
  visit(): Promise<string>;
  /** The link of a medical aid to its person. */
  aid(thing: string): Promise<string>;
  /** A paper of whoever carries the example out, handed in for the household of his own. */
  ownPaper(): Promise<string>;
  /** A change of somebody's household, submitted. */
  change(): Promise<string>;
  /** A change of his own household, submitted; of members. */
  ownChange(): Promise<string>;
  consent(): Promise<string>;
  review(): Promise<string>;
  /** An application of his own household, handed in. */
  ownReview(): Promise<string>;
  /** He has none that is under way. */
  noOwnReview(): Promise<void>;
  check(): Promise<{ review: string; check: string }>;
  /** A violation case in which everybody was heard. */
  hearing(): Promise<string>;
  /** A decision about a household, made after its hearing. */
  sanction(): Promise<string>;
  /** One somebody else made, and its household appealed. */
  appealedSanction(): Promise<string>;
  /** One about his own household, which he can appeal. */
  ownSanction(): Promise<string>;
  /** Nothing bars his own household. */
  noOwnBar(): Promise<void>;
  /** A request for correction of his own, open. */
  rightsRequest(): Promise<string>;
  /** A draft of a policy pack. */
  draftPolicy(): Promise<string>;
}

/** Whoever carries examples out lives somewhere himself: a party of his, in a household with a file. */
export function inhabitedResidents(
  admin: Person,
  place: () => Promise<string>,
  newWord: () => string,
  /** Writes down a visit of a plan as due; the platform itself does so on working days only. */
  makeDue: (plan: string) => Promise<string>,
  colleague: () => Promise<Pick<Person, 'send'>>,
): Residents {
  const make = async (path: string, body: unknown): Promise<string> => (await admin.send<Made>('POST', path, body)).id;
  const today = new Date().toISOString().slice(0, 10);
  let home: Promise<string> | undefined;

  async function settle(account?: string): Promise<{ household: string; person: string }> {
    const placeId = await place();
    const household = await make('/parties', { kind: 'household', name: `家庭 ${newWord()}`, placeId });
    const applicant = { kind: 'person', name: '申请人', placeId, ...(account ? { account } : {}) };
    const person = await make('/parties', applicant);
    await admin.send('POST', `/parties/${household}/members`, { person, relation: 'applicant', from: today });
    await make('/households', { household, by: 'register' });
    return { household, person };
  }
  const own = async (): Promise<string> => {
    home ??= settle(admin.id).then(
      ({ household }) => household,
      // He lives somewhere already, from examples carried out before.
      async () => (await admin.get<{ id: string }>('/own-household')).id,
    );
    return home;
  };
  async function paper(): Promise<string> {
    await own();
    const query = { name: `${newWord()}.txt`, mediaType: 'text/plain' };
    const bytes = Buffer.from(`证明 ${newWord()}\n`);
    return ((await admin.ask('POST', '/own-household/documents', { query, bytes })).body as Made).id;
  }
  async function pack(): Promise<string> {
    const { packs } = await admin.get<{ packs: Made[] }>('/policy-packs');
    return make(`/policy-packs/${packs[0]?.id}/drafts`, {});
  }
  async function marked(): Promise<string> {
    const { household, person } = await settle();
    const mark = { person, kind: 'very-old', source: '身份证', validFrom: today };
    await make(`/households/${household}/marks`, mark);
    return person;
  }
  const visitPlan = async (): Promise<string> => {
    const recurrence = { every: 'day', interval: 1, from: '2026-01-01' };
    return make('/care/visit-plans', { person: await marked(), worker: '王社工', recurrence });
  };
  async function heardAt(placeId: string): Promise<string> {
    const id = await make('/violations', { kind: 'sublet', placeId, note: '邻居反映' });
    const { items } = await admin.get<{ items: Made[] }>(`/cases/${id}`);
    for (const item of items) await admin.send('PUT', `/cases/${id}/items/${item.id}`, { done: true });
    return id;
  }
  const wish = async (placeId: string, ground: string) => ({
    hearing: await heardAt(placeId),
    ground,
    reason: '已核实',
  });
  /** Lifts what bars his own household: it was made by himself, so somebody else answers. */
  async function unbar(): Promise<void> {
    const { sanctions } = await admin.get<{ sanctions: (Made & { state: string })[] }>('/own-eligibility');
    for (const { id, state } of sanctions) {
      if (state === 'imposed')
        await admin.send('POST', `/own-eligibility/sanctions/${id}/appeal`, { reason: '另有原因' });
      if (state === 'imposed' || state === 'appealed')
        await (await colleague()).send('POST', `/eligibility/sanctions/${id}/answer`, {
          upheld: false,
          answer: '属实',
        });
    }
  }
  const open = async () => {
    await own();
    await unbar();
    const { reviews } = await admin.get<{ reviews: { id: string; state: string }[] }>('/own-eligibility');
    return reviews.find(({ state }) => state === 'submitted')?.id;
  };

  return {
    household: () => settle(),
    bareHousehold: async () => make('/parties', { kind: 'household', name: '新家庭', placeId: await place() }),
    mark: async () => {
      const { household, person } = await settle();
      return make(`/households/${household}/marks`, { person, kind: 'very-old', source: '身份证', validFrom: today });
    },
    marked,
    visitPlan,
    visit: async () => makeDue(await visitPlan()),
    aid: async (thing) => make('/care/aids', { thing, person: await marked() }),
    ownPaper: paper,
    change: async () => {
      const { household } = await settle();
      const evidence = [await paper()];
      const change = { fields: [{ field: 'housing', value: '无房' }] };
      return make(`/households/${household}/changes`, { kind: 'housing', change, evidence });
    },
    ownChange: async () => {
      const evidence = [await paper()];
      const change = { join: [{ name: '孩子', relation: 'child', from: today }] };
      return make('/own-household/changes', { kind: 'members', change, evidence });
    },
    consent: async () => {
      await own();
      const given = await admin.send<Made[]>('POST', '/own-data/consents', {
        purposes: ['data-sharing'],
        wording: '1',
      });
      return given[0]?.id ?? '';
    },
    review: async () => make('/eligibility/reviews', { household: (await settle()).household, kind: 'spot', area: 0 }),
    ownReview: async () => (await open()) ?? make('/own-eligibility', { area: 0 }),
    noOwnReview: async () => {
      const id = await open();
      if (id) await admin.send('POST', `/own-eligibility/${id}/steps`, { step: 'withdraw', reason: '不再申请' });
    },
    check: async () => {
      await admin.send('PUT', '/eligibility/sources/tax', {
        url: 'http://127.0.0.1:9/none',
        secret: 'sixteen letters at least',
      });
      const { household } = await settle();
      const review = await make('/eligibility/reviews', { household, kind: 'spot', area: 0 });
      for (const step of ['submit', 'accept'])
        await admin.send('POST', `/eligibility/reviews/${review}/steps`, { step });
      const { inquiries } = await admin.get<{ inquiries: Made[] }>(`/eligibility/reviews/${review}`);
      return { review, check: inquiries[0]?.id ?? '' };
    },
    hearing: async () => heardAt(await place()),
    sanction: async () => {
      const { household } = await settle();
      return make(`/eligibility/households/${household}/sanctions`, await wish(await place(), 'fraud'));
    },
    appealedSanction: async () => {
      const { household } = await settle();
      const decision = await wish(await place(), 'fraud');
      const made = await (await colleague()).send<Made>(
        ...(['POST', `/eligibility/households/${household}/sanctions`, decision] as const),
      );
      await admin.send('POST', `/eligibility/sanctions/${made.id}/appeal`, { reason: '另有原因' });
      return made.id;
    },
    ownSanction: async () => {
      const household = await own();
      await unbar();
      const leases = await admin.get<{ house: string; state: string }[]>('/own-leases');
      const home = leases.find(({ state }) => !['draft', 'pending-tenant', 'pending-lessor', 'void'].includes(state));
      const decision = await wish(home?.house ?? (await place()), home ? 'sublet' : 'fraud');
      return make(`/eligibility/households/${household}/sanctions`, decision);
    },
    noOwnBar: unbar,
    rightsRequest: async () => {
      await own();
      const fields = [{ field: 'employer', value: '新单位' }];
      // Whoever moves in is answered that he is missing while his papers move after him.
      const wish = { body: { kind: 'correct', note: '换了单位', fields } };
      const send = () => admin.ask('POST', '/own-privacy-requests', wish);
      const { body } = await eventually(send, ({ status }) => status !== 404, 20);
      return (body as Made).id;
    },
    draftPolicy: pack,
  };
}

/** People nobody knows. */
export function noResidents(): Residents {
  const id = async () => randomUUID() as string;
  return {
    household: async () => ({ household: randomUUID(), person: randomUUID() }),
    bareHousehold: id,
    mark: id,
    marked: id,
    visitPlan: id,
    visit: id,
    aid: id,
    ownPaper: id,
    change: id,
    ownChange: id,
    consent: id,
    review: id,
    ownReview: id,
    noOwnReview: async () => {},
    check: async () => ({ review: randomUUID(), check: randomUUID() }),
    hearing: id,
    sanction: id,
    appealedSanction: id,
    ownSanction: id,
    noOwnBar: async () => {},
    rightsRequest: id,
    draftPolicy: id,
  };
}
