import type { Installation } from '@keystead/kernel/testing';
import { eventually } from '../devices/index.ts';
import { says } from './device-door.ts';
import type { Topic } from './questions.ts';
import type { Visitor } from './visitor.ts';

/** A project with one of everything in it, each with the mark in its name. */
export interface Estate extends Topic {
  building: string;
  thingCode: string;
  token: string;
  alarm: string;
  silence: string;
}

interface Made {
  id: string;
  path: string;
}

/** Settles a project and lets its smoke detector raise an alarm, through the API as `admin`. */
export async function settle(platform: Installation, admin: Visitor, mark: string): Promise<Estate> {
  const name = `庄园 ${mark}`;
  const project = await admin.send<Made>('POST', '/places', { parent: null, kind: 'project', code: mark, name });
  const inside = { parent: project.id, kind: 'building', code: `${mark}-B`, name };
  const building = await admin.send<Made>('POST', '/places', inside);
  const thingCode = `${mark}-T`;
  const draft = {
    code: thingCode,
    name: `烟感 ${mark}`,
    family: 'smoke-detector',
    placeId: building.id,
    state: 'in-use',
  };
  const thing = await admin.send<Made>('POST', '/things', draft);
  const { value: token } = await admin.send<{ value: string }>('POST', `/things/${thing.id}/credentials`, {
    kind: 'token',
  });
  const subjects = [{ kind: 'thing', id: thing.id, label: mark }];
  const work = await admin.send<Made>('POST', '/cases', {
    ...{ kind: 'request', title: `请求 ${mark}`, description: mark, placeId: building.id, subjects },
  });
  await admin.send('POST', `/cases/${work.id}/comments`, { text: mark, internal: false });
  const paper = { name: `${mark}.txt`, mediaType: 'text/plain', subject: `trial:${mark}`, storeLevel: '2' };
  const { body: record } = await admin.ask('POST', '/records', {
    query: { ...paper, place: building.id },
    bytes: Buffer.from(`a paper of ${mark}\n`),
  });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await says(platform, token, { smoke: 55, temperature: 21, nonsense: 1 });
  const { items } = await eventually(
    () => admin.get<{ items: Made[] }>('/alarms', { state: 'all', subject: thing.id }),
    (page) => page.items.length > 0,
    60,
  );
  // What was refused is written down a moment after it was refused.
  const refused = () => admin.get<unknown[]>(`/things/${thing.id}/refusals`);
  await eventually(refused, (rows) => rows.length > 0, 60);
  const silence = await admin.send<Made>('POST', '/alarms/silences', {
    ...{ place: building.path, until, reason: `演练 ${mark}` },
  });
  const lines = await admin.get<{ items: Made[] }>('/journal', { subject: `thing:${thing.id}` });
  const { user } = await admin.get<{ user: Made }>('/sessions/current');
  const roles = await admin.get<{ items: Made[] }>('/identity/roles');
  return {
    place: project.id,
    path: project.path,
    building: building.id,
    thing: thing.id,
    thingCode,
    token,
    alarm: items[0]?.id ?? '',
    silence: silence.id,
    case: work.id,
    record: (record as Made).id,
    user: user.id,
    role: roles.items[0]?.id ?? '',
    line: lines.items[0]?.id ?? '',
    mark,
  };
}

/** Everything by which an answer gives the estate away. */
export const tracesOf = (estate: Estate): string[] => [
  estate.mark,
  ...[estate.place, estate.building, estate.thing, estate.alarm, estate.silence, estate.case, estate.record],
];
