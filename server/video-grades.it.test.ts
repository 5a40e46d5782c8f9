import type { AlarmsService } from '@keystead/apps/work/alarms';
import { type NotifyService, notify } from '@keystead/apps/work/notify';
import { video } from '@keystead/apps/work/video';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { places } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import type { IdentityService } from '@keystead/kernel/security/identity';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: TestPlatform;
let desk: AlarmsService;
let by: Actor;
const people = new Map<string, string>();
let batch = 0;

/** Who is told of what: guards of grave alarms at their site, the technician of the rest, nobody of another site. */
beforeAll(async () => {
  platform = await startPlatform(video, notify);
  const identity = platform.services.identity as IdentityService;
  const organisation = (await identity.bootstrap({ demo: true })).organisation as OrganisationId;
  const permissions = new Set(identity.rights.permissionList().map((each) => each.permission));
  by = { ...systemActor('test', organisation), permissions };
  desk = platform.services.alarms as AlarmsService;
  await desk.engine.start();
  for (const username of ['guard', 'technician', 'elsewhere']) {
    const draft = { username, name: username, email: `${username}@example.org`, password: '三个朋友在湖边钓鱼真高兴' };
    people.set(username, (await identity.accounts.create(by, draft)).user.id);
  }
  const role = (
    await platform.owner.query(`select id from identity.role where organisation = $1 and code = 'operator'`, [
      organisation,
    ])
  ).rows[0].id;
  for (const id of people.values()) await identity.rights.assignments.add(by, id, { role, reach: 'organisation' });
});
afterAll(async () => {
  await (platform.services.telemetry as { close(): Promise<void> }).close();
  await platform.stop();
});

const told = async (name: string): Promise<string[]> =>
  (
    await platform.owner.query('select title from notify.message where receiver = $1 order by created_at, id', [
      people.get(name),
    ])
  ).rows.map(({ title }) => title);

test(
  clause('H-6.2-b-2', 'each of the three video alarms carries its configured grade and reaches the right people'),
  async () => {
    const notices = platform.services.notify as NotifyService;
    const tree = platform.services.places as ReturnType<typeof places.setup>;
    const [site, other] = await Promise.all(
      ['P1', 'P2'].map((code) => tree.create(by, { parent: null, kind: 'project', code, name: code })),
    );
    const things = platform.services.things as ThingsService;
    const draft = { code: 'CAM-1', name: '东门', family: 'camera', placeId: site?.id, state: 'in-use' };
    const camera = await things.create(by, draft as never);
    for (const rule of await notices.rules(by)) await notices.removeRule(by, rule.id);
    const tell = (name: string, from: 1 | 2 | 3 | 4, to: 1 | 2 | 3 | 4, place: string) =>
      notices.addRule(by, {
        name,
        enabled: true,
        definition: {
          triggers: ['alarm.raised'],
          severity: { from, to },
          place,
          audience: { users: [people.get(name) ?? ''], roles: [], assignee: false },
          channels: ['in-app'],
          webhooks: [],
        },
      });
    await tell('guard', 1, 2, site?.path ?? '');
    await tell('technician', 3, 4, site?.path ?? '');
    await tell('elsewhere', 1, 4, other?.path ?? '');

    // The organisation grades a covered lens higher than what ships.
    await desk.engine.take({ gateway: 1, batch: ++batch, received: 0, messages: [], events: [happens('motion')] });
    function happens(event: string) {
      return { thing: camera.number, time: platform.clock.now().getTime() * 1000, event };
    }
    const rules = await desk.rules.list(by);
    const covered = rules.find(
      ({ definition: { trigger } }) => trigger.kind === 'event' && trigger.event === 'videoCovered',
    );
    if (!covered) throw new Error('no rule for a covered lens');
    platform.clock.pass(5);
    const trigger = { ...covered.definition.trigger, severity: 1 } as never;
    await desk.rules.update(by, covered.id, { ...covered.definition, trigger }, covered.version);
    await desk.engine.refresh();

    for (const event of ['videoSignalLost', 'videoCovered', 'videoRotated', 'videoUncovered']) {
      platform.clock.pass(5);
      await desk.engine.take({ gateway: 1, batch: ++batch, received: 0, messages: [], events: [happens(event)] });
    }
    await platform.drain();
    await notices.sendDue();
    const { items } = await desk.list(by, { subject: camera.id } as never);
    expect(items.map(({ title, severity, condition }) => [title.en, severity, condition]).sort()).toEqual([
      ['Camera turned away', 3, 'active'],
      ['Picture covered', 1, 'cleared'],
      ['Video signal lost', 2, 'active'],
    ]);
    const guarded = await told('guard');
    // The covered lens is well again, and who heard of it hears that too.
    expect(guarded).toHaveLength(3);
    expect(guarded.join('\n')).not.toContain('异常转动');
    for (const title of ['视频信号丢失', '画面被遮挡']) expect(guarded.join('\n')).toContain(title);
    expect(await told('technician')).toEqual([expect.stringContaining('摄像机异常转动')]);
    expect(await told('elsewhere')).toEqual([]);
  },
);
