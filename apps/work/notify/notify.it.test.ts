import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '@keystead/contracts/access';
import { alarmChanged } from '@keystead/contracts/events/alarms';
import { caseChanged } from '@keystead/contracts/events/cases';
import type { EventType, Payload } from '@keystead/contracts/events/define';
import { jobTroubled } from '@keystead/contracts/events/jobs';
import { systemTroubled } from '@keystead/contracts/events/system';
import { thingOnlineChanged } from '@keystead/contracts/events/things';
import { newId } from '@keystead/contracts/ids';
import { defineModule } from '@keystead/kernel/module';
import { clause, smtpRelay, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installNotify } from './module.ts';
import type { NotifyService } from './notify.ts';
import type { RuleDefinition } from './rule.ts';
import { channelSecrets } from './secrets.ts';
import { directory, type Person, person } from './testing/directory.ts';
import { httpListener } from './testing/http-listener.ts';

const people: Person[] = [];
const dataDir = mkdtempSync(join(tmpdir(), 'keystead-notify-'));
const module = defineModule({
  name: 'notify',
  files: import.meta.dirname,
  setup: (kernel) => installNotify(kernel, channelSecrets(dataDir), directory(people)),
});

let platform: TestPlatform;
let service: NotifyService;
let admin: Actor;
let relay: Awaited<ReturnType<typeof smtpRelay>>;
let hook: Awaited<ReturnType<typeof httpListener>>;
let hookId: string;

const call = (actor: Actor, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, headers = {}) =>
  platform.http.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Test ${actor.id}`, ...headers },
    ...(payload ? { payload } : {}),
  });

beforeAll(async () => {
  platform = await startPlatform(module);
  service = platform.services.notify as NotifyService;
  admin = platform.actor('notify:read', 'notify:write', 'system:write');
  relay = await smtpRelay();
  hook = await httpListener();
  const mail = { host: '127.0.0.1', port: relay.port, security: 'none', from: '安枢 <notice@example.org>' };
  await call(admin, 'POST', '/notify-channels', { kind: 'mail', name: 'mail', enabled: true, settings: mail });
  const url = `http://127.0.0.1:${hook.port}/notices`;
  const made = await call(admin, 'POST', '/notify-channels', {
    kind: 'webhook',
    name: '值班机器人',
    enabled: true,
    settings: { url },
    secret: 'hush',
  });
  hookId = made.json().id;
  await call(admin, 'PUT', '/notify-targets', { targets: ['127.0.0.1'] });
});
afterAll(async () => {
  relay.close();
  hook.close();
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  people.length = 0;
  relay.letters.length = 0;
  hook.calls.length = 0;
  platform.clock.pass(86_400);
  for (const rule of await service.rules(admin)) await service.removeRule(admin, rule.id);
});

async function settle(): Promise<void> {
  await platform.drain();
  await service.sendDue();
  await platform.drain();
}

async function happen<E extends EventType>(event: E, payload: Payload<E>, place = '1/2/'): Promise<void> {
  const where = { organisation: platform.organisation, place };
  await platform.db.systemTransaction((tx) => platform.kernel.outbox.add(tx, event, where, payload));
  await settle();
}

const alarm = (id: string, change: string, more: Partial<Payload<typeof alarmChanged>> = {}) =>
  happen(alarmChanged, {
    id,
    change,
    severity: 2,
    condition: change === 'cleared' ? 'cleared' : 'active',
    handling: 'new',
    rule: 'r',
    title: { zh: '温度过高', en: 'Too hot' },
    transferLevel: 3,
    suppressed: false,
    subject: { kind: 'thing', id: newId(), code: 'T-1', name: '配电室' },
    ...more,
  });

const rule = (more: Partial<RuleDefinition> = {}) =>
  service.addRule(admin, {
    name: '测试规则',
    enabled: true,
    definition: {
      triggers: ['alarm.raised'],
      severity: { from: 1, to: 4 },
      place: '',
      audience: { users: [], roles: [], permission: 'alarm:handle', assignee: false },
      channels: ['in-app'],
      webhooks: [],
      ...more,
    },
  });

const add = (name: string, permissions: string, more: Partial<Person> = {}) => {
  const made = person(name, permissions, more);
  people.push(made);
  return made;
};

const inbox = async (of: Person): Promise<string[]> => {
  const { rows } = await platform.owner.query(
    'select title from notify.message where receiver = $1 order by created_at, id',
    [of.id],
  );
  return rows.map((row) => row.title);
};

const smsTexts = async () => (await service.smsOutbox(admin, 500)).map((each) => each.text);

const states = async (about: string) =>
  (await service.deliveries(admin, { about: `alarm:${about}` }, { limit: 200 })).items
    .map(({ channel, phase, state, reason }) => `${channel} ${phase} ${state}${reason ? ` ${reason}` : ''}`)
    .sort();

describe('channels', () => {
  test(
    clause('I-5.1-d-0', 'one alarm reaches its people by inbox, mail, text message and webhook, each over the wire'),
    async () => {
      const keeper = add('keeper', 'alarm:handle');
      await rule({ channels: ['in-app', 'mail', 'sms'], webhooks: [hookId] });
      const id = newId();
      await alarm(id, 'raised');
      expect(await inbox(keeper)).toEqual(['【二级告警】配电室：温度过高']);
      expect(relay.letters.map((each) => each.to)).toEqual([['RCPT TO:<keeper@example.org>']]);
      expect(hook.calls.map((each) => JSON.parse(each.body))).toMatchObject([
        { trigger: 'alarm.raised', severity: 2, about: { kind: 'alarm', id } },
      ]);
      expect(hook.calls[0]?.headers['x-keystead-signature']).toMatch(/^t=\d+,v1=/);
      expect((await smsTexts())[0]).toContain('配电室');
      expect(await states(id)).toEqual(['in-app open sent', 'mail open sent', 'sms open sent', 'webhook open sent']);
    },
  );

  test(clause('I-5.2.3-e-4', 'maintenance that came up reminds by popup, text message and mail at once'), async () => {
    const keeper = add('keeper', 'case:handle');
    const audience = { users: [], roles: [], permission: 'case:handle', assignee: false };
    await rule({ triggers: ['maintenance.due'], audience, channels: ['in-app', 'mail', 'sms'] });
    const task = { id: newId(), code: 'MT-20260601-0001', kind: 'maintenance', title: '水泵月度保养', priority: 2 };
    await happen(caseChanged, { ...task, from: '', to: 'new' });
    expect(await inbox(keeper)).toEqual([expect.stringContaining('水泵月度保养')]);
    expect(relay.letters.map((each) => each.to)).toEqual([['RCPT TO:<keeper@example.org>']]);
    expect((await smsTexts())[0]).toContain('水泵月度保养');
  });

  test(clause('I-5.1-d-0', 'a rule that was edited decides about the very next event'), async () => {
    const keeper = add('keeper', 'alarm:handle');
    const boss = add('boss', 'system:write');
    const { id } = await rule();
    await alarm(newId(), 'raised');
    const [kept] = await service.rules(admin);
    const definition = {
      ...(kept?.definition as RuleDefinition),
      audience: { users: [boss.id], roles: [], assignee: false },
    };
    const edited = await call(
      admin,
      'PUT',
      `/notify-rules/${id}`,
      { name: '改', enabled: true, definition },
      { 'if-match': '1' },
    );
    expect(edited.statusCode).toBe(204);
    await alarm(newId(), 'raised');
    expect([(await inbox(keeper)).length, (await inbox(boss)).length]).toEqual([1, 1]);
  });

  test('a relay that is away is tried again later, and the same letter goes once it is back', async () => {
    add('keeper', 'alarm:handle');
    await rule({ channels: ['mail'] });
    const [mail] = (await service.channels(admin)).filter((each) => each.kind === 'mail');
    const aim = async (port: number) => {
      const [now] = (await service.channels(admin)).filter((each) => each.kind === 'mail');
      const settings = { host: '127.0.0.1', port, security: 'none' as const, from: 'a@example.org' };
      const draft = { kind: 'mail' as const, name: 'mail', enabled: true, settings };
      await service.editChannel(admin, mail?.id ?? '', now?.version, draft);
    };
    const away = await smtpRelay('busy');
    await aim(away.port);
    const id = newId();
    await alarm(id, 'raised');
    expect(await states(id)).toEqual(['mail open queued']);
    await aim(relay.port);
    away.close();
    await settle();
    expect(relay.letters).toEqual([]);
    platform.clock.pass(10);
    await settle();
    expect(relay.letters).toHaveLength(1);
    expect(await states(id)).toEqual(['mail open sent']);
  });

  test('a process that died while sending leaves a lease, and the letter goes again under the same id', async () => {
    add('keeper', 'alarm:handle');
    await rule({ channels: ['mail'] });
    await alarm(newId(), 'raised');
    const [first] = relay.letters;
    await platform.owner.query(
      `update notify.delivery set state = 'queued', sent_at = null, next_at = $1, leased_until = $2
      where channel = 'mail' and state = 'sent'`,
      [platform.clock.now(), new Date(platform.clock.now().getTime() + 60_000)],
    );
    await settle();
    expect(relay.letters).toHaveLength(1);
    platform.clock.pass(61);
    await settle();
    const idOf = (letter?: { data: string }) => /^Message-ID: (.*)$/m.exec(letter?.data ?? '')?.[1];
    expect(idOf(relay.letters[1])).toBe(idOf(first));
  });

  test('the secret of a channel is told to nobody and lies sealed in the database', async () => {
    const listed = await call(admin, 'GET', '/notify-channels');
    expect(listed.body).not.toContain('hush');
    expect(listed.json().items).toContainEqual(expect.objectContaining({ id: hookId, secretSet: true }));
    const { rows } = await platform.owner.query('select * from notify.channel');
    const stored = JSON.stringify(rows) + rows.map((row) => row.secret?.toString('latin1')).join();
    expect(stored).not.toContain('hush');
  });

  test('a webhook into the inner network is refused once the allow list forgets it', async () => {
    await service.setAllowedTargets(admin, []);
    await rule({ channels: [], webhooks: [hookId] });
    const id = newId();
    await alarm(id, 'raised');
    await service.setAllowedTargets(admin, ['127.0.0.1']);
    expect(hook.calls).toEqual([]);
    const { items } = await service.deliveries(admin, { about: `alarm:${id}` }, { limit: 10 });
    expect(items).toMatchObject([{ state: 'failed', error: expect.stringContaining('target-refused') }]);
    await call(admin, 'POST', `/notify-deliveries/${items[0]?.id}/resending`);
    await settle();
    expect(hook.calls).toHaveLength(1);
  });
});

describe('what is told', () => {
  test(
    clause('I-5.1-d-1', 'a device fault, a silent device and due maintenance each reach the administrator'),
    async () => {
      const chief = add('chief', 'case:assign');
      await rule({
        triggers: ['device.fault', 'thing.offline', 'maintenance.due'],
        channels: ['in-app', 'mail'],
        audience: { users: [chief.id], roles: [], assignee: false },
      });
      const order = (kind: string) => ({
        id: newId(),
        code: 'X-1',
        kind,
        from: '',
        to: 'new',
        title: '水泵',
        priority: 3,
      });
      await happen(caseChanged, order('device-fault'));
      const since = platform.clock.now().toISOString();
      await happen(thingOnlineChanged, { id: newId(), code: 'M-1', from: 'online', to: 'offline', since });
      await happen(caseChanged, order('maintenance'));
      expect(await inbox(chief)).toEqual(['【设备故障】水泵', '【设备离线】M-1', '【维护提醒】水泵']);
      expect(relay.letters).toHaveLength(3);
    },
  );

  test(
    clause('I-5.1-d-2', 'I-5.1-d-3', 'overload, latency, a full disk, backlog and pool each reach whoever runs it'),
    async () => {
      const operator = add('operator', 'system:write', { language: 'en' });
      await rule({
        triggers: ['system.troubled', 'job.troubled'],
        channels: ['in-app', 'mail'],
        audience: { users: [], roles: [], permission: 'system:write', assignee: false },
      });
      for (const source of ['cpu', 'latency', 'disk', 'backlog', 'pool'])
        await happen(systemTroubled, { source, state: 'troubled', severity: 2, detail: '93 %' }, '');
      await happen(jobTroubled, { job: 'cases.open-due', trouble: 'missed', detail: '' }, '');
      expect(await inbox(operator)).toHaveLength(6);
      expect(relay.letters).toHaveLength(6);
      await happen(systemTroubled, { source: 'disk', state: 'well', severity: 2, detail: '' }, '');
      expect((await inbox(operator)).at(-1)).toBe('[Platform resource well again] disk');
    },
  );

  test('only those are told who answer for the place, and the assignee of a case', async () => {
    const near = add('near', 'alarm:handle', { place: '1/2/' });
    const far = add('far', 'alarm:handle', { place: '1/3/' });
    await rule();
    await alarm(newId(), 'raised');
    expect([(await inbox(near)).length, (await inbox(far)).length]).toEqual([1, 0]);
    await rule({ triggers: ['case.assigned'], audience: { users: [], roles: [], assignee: true } });
    const given = {
      id: newId(),
      code: 'WO-1',
      kind: 'repair',
      from: 'new',
      to: 'assigned',
      title: '漏水',
      assignee: far.id,
    };
    await happen(caseChanged, given);
    expect(await inbox(far)).toEqual(['【派单】WO-1 漏水']);
  });

  test('a text the organisation wrote is used, and one with code in it is refused', async () => {
    const keeper = add('keeper', 'alarm:handle');
    await rule();
    const url = '/notify-texts/alarm.raised/any/zh-CN';
    expect((await call(admin, 'PUT', url, { title: '{process}', body: 'x' })).statusCode).toBe(422);
    expect((await call(admin, 'PUT', url, { title: '请看 {subject}', body: '{title}' })).statusCode).toBe(204);
    await alarm(newId(), 'raised');
    await call(admin, 'DELETE', url);
    expect(await inbox(keeper)).toEqual(['请看 配电室']);
  });

  test('a silenced alarm tells nobody, and one person is told once however many rules name him', async () => {
    const keeper = add('keeper', 'alarm:handle');
    await rule();
    await rule({ audience: { users: [keeper.id], roles: [], assignee: false } });
    await alarm(newId(), 'raised', { suppressed: true });
    expect(await inbox(keeper)).toEqual([]);
    await alarm(newId(), 'raised');
    expect(await inbox(keeper)).toHaveLength(1);
  });
});

describe('my messages over HTTP', () => {
  test('are mine alone, counted, read one by one and all at once', async () => {
    const me = platform.actor('notify:read');
    people.push({ ...person('me', 'alarm:handle'), id: me.id });
    await rule();
    for (let round = 0; round < 3; round++) await alarm(newId(), 'raised');
    const list = (await call(me, 'GET', '/messages?unread=true&limit=2')).json();
    expect(list.items).toHaveLength(2);
    expect((await call(me, 'GET', `/messages?limit=2&cursor=${list.next}`)).json().items).toHaveLength(1);
    expect((await call(me, 'PUT', `/messages/${list.items[0].id}/read`)).statusCode).toBe(204);
    expect((await call(admin, 'PUT', `/messages/${list.items[1].id}/read`)).statusCode).toBe(404);
    expect((await call(me, 'GET', '/messages/unread-count')).json()).toEqual({ count: 2 });
    expect((await call(me, 'PUT', '/messages/read')).json()).toEqual({ count: 2 });
    expect((await call(admin, 'GET', '/messages')).json().items).toEqual([]);
  });

  test('a rule can be looked at before it is kept, and tried on oneself', async () => {
    add('keeper', 'alarm:handle');
    people.push({ ...person('me', ''), id: admin.id });
    const { id } = await rule({ channels: ['in-app', 'mail'], webhooks: [hookId] });
    const [kept] = await service.rules(admin);
    const sample = { trigger: 'alarm.raised', severity: 2, place: '' };
    const seen = await call(admin, 'POST', '/notify-rules/preview', { definition: kept?.definition, sample });
    expect(seen.json().items).toMatchObject([
      { channel: 'in-app', receiver: 'keeper' },
      { channel: 'mail', receiver: 'keeper', address: 'ke***@example.org', title: '【二级告警】示例设备：示例' },
    ]);
    expect(relay.letters).toEqual([]);
    expect((await call(admin, 'POST', `/notify-rules/${id}/trial`)).statusCode).toBe(202);
    await settle();
    expect(relay.letters.map((each) => each.to)).toEqual([['RCPT TO:<me@example.org>']]);
    expect(hook.calls).toHaveLength(1);
  });

  test('a rule that names nobody, or a webhook that is not there, is refused', async () => {
    const empty = { users: [], roles: [], assignee: false };
    await expect(rule({ audience: empty })).rejects.toMatchObject({ errors: [{ pointer: '/definition/audience' }] });
    await expect(rule({ webhooks: [newId()] })).rejects.toMatchObject({ errors: [{ code: 'unknown' }] });
  });
});
