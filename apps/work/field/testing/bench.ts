import { createHash } from 'node:crypto';
import type { CasesService } from '@keystead/apps/work/cases';
import type { PlansService } from '@keystead/apps/work/plans';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PlacesService } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import { startPlatform } from '@keystead/kernel/testing';
import { field } from '../module.ts';
import { SoftwarePhone, type SpokenEntry } from './phone.ts';

/** A picture, another one for each number. */
export const pictureOf = (number: number): Buffer =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(`${number}`),
  ]);
export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Two inspectors with phones, a project, and work that is given to them. */
export async function startBench() {
  const platform = await startPlatform(field);
  const cases = platform.services.cases as CasesService;
  const plans = platform.services.plans as PlansService;
  const things = platform.services.things as ThingsService;
  const places = platform.services.places as PlacesService;
  const clerk = platform.actor(
    ...'plan:read plan:write place:write place:read case:read case:write case:assign record:read thing:write thing:read'.split(
      ' ',
    ),
  );
  await platform.owner.query(
    `insert into identity.organisation (id, kind, name, second_factor, made_at) values ($1, 'operating-body', '安居', 'required', now())`,
    [platform.organisation],
  );
  const project = await places.create(clerk, { parent: null, kind: 'project', code: 'P1', name: '安居小区' });

  async function inspector(name: string): Promise<Actor> {
    const actor = platform.actor('case:handle', 'case:read', 'plan:read', 'thing:read');
    await platform.owner.query(
      `insert into identity.account (id, organisation, kind, user_name, name, language, state, made_at, changed_at)
       values ($1, $2, 'staff', $3, $4, 'zh-CN', 'active', now(), now())`,
      [actor.id, platform.organisation, `u${newId()}`, name],
    );
    return actor;
  }

  const ask = async (actor: Actor, method: 'GET' | 'PUT' | 'POST', url: string, payload?: object | Buffer) => {
    const answer = await platform.http.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: {
        authorization: `Test ${actor.id}`,
        ...(Buffer.isBuffer(payload) ? { 'content-type': 'application/octet-stream' } : {}),
      },
      ...(payload ? { payload } : {}),
    });
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined };
  };

  return {
    ...{ platform, cases, plans, things, places, clerk, project, inspector, ask },

    /** A new phone of somebody, registered. */
    phone: async (of: Actor): Promise<SoftwarePhone> => {
      const phone = new SoftwarePhone();
      await ask(of, 'PUT', `/field/devices/${phone.id}`, { name: '测试手机', key: phone.key });
      return phone;
    },

    send: (of: Actor, phone: SoftwarePhone, entries: SpokenEntry[]) =>
      ask(of, 'POST', `/field/devices/${phone.id}/entries`, { entries }),

    photo: (of: Actor, caseId: string, bytes: Buffer, sha256 = hashOf(bytes)) =>
      ask(of, 'PUT', `/field/photos/${sha256}?case=${caseId}&name=a.png&mediaType=image/png`, bytes),

    /** Work of a kind, given to somebody. */
    work: async (kind: string, to: Actor, more: object = {}): Promise<string> => {
      const { id } = await cases.open(clerk, { kind, title: '门厅照明不亮', placeId: project.id, ...more });
      await cases.take(clerk, id, 'assign', { assignee: to.id });
      return id;
    },

    /** A round of two points, the second with limits and a photo, given to somebody; it is due now. */
    round: async (to: Actor): Promise<{ id: string; case: string }> => {
      const from = new Date(platform.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
      const plan = await plans.create(clerk, {
        ...{ code: newId().slice(-8), name: '消防巡检', kind: 'inspection', system: 'fire' },
        subjects: [{ kind: 'place', id: project.id }],
        definition: {
          trigger: { kind: 'time', every: 'year', interval: 1, at: '09:00', from, freeDays: 'keep' },
          target: { kind: 'case', assignee: to.id },
          ...{ lead: 0, allow: 86_400 },
          points: [
            { text: '疏散通道畅通', photo: false },
            { text: '灭火器压力', unit: 'MPa', low: 1, high: 1.5, photo: true },
          ],
        },
      });
      platform.clock.pass(2 * 86_400);
      await plans.makeDue();
      await plans.change(clerk, plan, { enabled: false });
      const [made] = await plans.occurrences(clerk, { plan, from: new Date(0), to: new Date('2100-01-01') });
      return { id: made?.id ?? '', case: made?.caseId ?? '' };
    },
  };
}

export type FieldBench = Awaited<ReturnType<typeof startBench>>;
