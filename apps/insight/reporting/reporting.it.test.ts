import type { NotifyService } from '@keystead/apps/work/notify';
import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { Download } from '@keystead/kernel/http';
import type { IdentityService } from '@keystead/kernel/security/identity';
import { clause, smtpRelay, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReportKind } from './kind.ts';
import { reporting } from './module.ts';
import type { Schedule } from './schedule.ts';
import type { ReportingService } from './service.ts';

let platform: TestPlatform;
let service: ReportingService;
let relay: Awaited<ReturnType<typeof smtpRelay>>;
let organisation: OrganisationId;
let clerk: Actor;
let reader: string;
let stranger: string;
/** What was made, by kind and month; a kind named in `broken` cannot be made. */
const made: string[] = [];
const broken = new Set<string>();

const kind = (id: string): ReportKind => ({
  ...{
    id,
    name: { zh: '样例月报', en: 'Sample' },
    permission: 'supervision:read',
    about: 'sample',
    formats: ['pdf', 'txt'],
  },
  organisations: async () => [organisation],
  make: async (_, month) => {
    if (broken.has(id)) throw new Error(`${id} is broken`);
    if (!made.includes(`${id} ${month}`)) made.push(`${id} ${month}`);
    return { id: `${id}-${month}` };
  },
  file: async (_, report, format) => new Download(`${report} as ${format}`, 'text/plain', `${report}.${format}`),
});

beforeAll(async () => {
  platform = await startPlatform(reporting);
  service = platform.services.reporting as ReportingService;
  const identity = platform.services.identity as IdentityService;
  organisation = (await identity.bootstrap({ demo: true })).organisation as OrganisationId;
  const permissions = new Set(identity.rights.permissionList().map((each) => each.permission));
  const by = { ...systemActor('test', organisation), permissions };
  const join = async (username: string, role?: string): Promise<string> => {
    const draft = { username, name: username, email: `${username}@example.org`, password: '三个朋友在湖边钓鱼真高兴' };
    const { user } = await identity.accounts.create(by, draft);
    const { rows } = await platform.owner.query(`select id from identity.role where organisation = $1 and code = $2`, [
      organisation,
      role,
    ]);
    if (role) await identity.rights.assignments.add(by, user.id, { role: rows[0].id, reach: 'organisation' });
    return user.id;
  };
  [reader, stranger] = [await join('supervisor-li', 'supervisor'), await join('stranger')];
  for (const id of ['first', 'second']) service.offer(kind(id));
  clerk = by;
  relay = await smtpRelay();
  const settings = {
    host: '127.0.0.1',
    port: relay.port,
    security: 'none' as const,
    from: '安枢 <notice@example.org>',
  };
  const notify = platform.services.notify as NotifyService;
  await notify.addChannel(by, { kind: 'mail', name: 'mail', enabled: true, settings });
});
afterAll(async () => {
  relay.close();
  await platform.stop();
});
beforeEach(() => {
  [made.length, relay.letters.length] = [0, 0];
  broken.clear();
});

const set = (report: string, wish: Partial<Schedule> = {}) =>
  service.schedule(clerk, report, {
    ...{ enabled: true, day: 5, hour: 9, formats: ['pdf'], receivers: [reader] },
    ...wish,
  });
const last = async (report: string) =>
  (await service.schedules(clerk, [report])).map(
    (each) => each.last && { ...each.last, at: each.last.at.toISOString() },
  )[0];
/** The hourly job, at a moment on the wall clock in Shanghai. */
async function hour(at: string): Promise<void> {
  platform.clock.set(`${at}:00+08:00`);
  const job = platform.kernel.jobs.known.find(({ name }) => name === 'reporting.run');
  if (!job) throw new Error('no job');
  await platform.kernel.jobs.runNow(job, {});
}
const inbox = async (): Promise<
  { receiver: string; title: string; body: string; about_kind: string; about_id: string }[]
> =>
  (
    await platform.owner.query(
      'select receiver, title, body, about_kind, about_id from notify.message order by created_at',
    )
  ).rows;

test(
  clause('H-8.5-d', 'a report is made once at its hour and goes to its readers: a message, and the files by mail'),
  async () => {
    await set('first', { formats: ['pdf', 'txt'] });
    await set('second', { enabled: false });
    await hour('2026-06-05T08:05');
    expect(made).toEqual([]);
    await hour('2026-06-05T09:05');
    await hour('2026-06-05T10:05');
    expect(made).toEqual(['first 2026-05']);
    expect(await inbox()).toEqual([
      {
        ...{ receiver: reader, about_kind: 'sample', about_id: 'first-2026-05', title: '【报表】样例月报 2026-05' },
        body: '2026-05 的样例月报已生成，可在平台的报表页查看；邮件附件：first-2026-05.pdf、first-2026-05.txt。',
      },
    ]);
    expect(relay.letters.map(({ to }) => to)).toEqual([['RCPT TO:<supervisor-li@example.org>']]);
    const data = relay.letters[0]?.data ?? '';
    for (const text of ['first-2026-05 as pdf', 'first-2026-05 as txt'])
      expect(data.includes(text) || data.includes(Buffer.from(text).toString('base64'))).toBe(true);
    expect(await last('first')).toEqual({
      ...{ month: '2026-05', at: '2026-06-05T01:05:00.000Z', receivers: 1, sent: 1, failed: 0 },
    });
    expect(await last('second')).toBeNull();
  },
);

test('a file there is none of and a receiver who may not read it are refused, naming which', async () => {
  await expect(set('first', { formats: ['pdf', 'docx'], receivers: [reader, stranger] })).rejects.toMatchObject({
    type: 'input-invalid',
    errors: [
      { pointer: '/formats', code: 'enum' },
      { pointer: '/receivers', code: 'may-not-read' },
    ],
  });
  await expect(set('nowhere')).rejects.toMatchObject({ type: 'report-kind-missing' });
});

test('what a module kept of its own is taken over where nothing is set here', async () => {
  await set('first', { day: 9 });
  await service.adopt(organisation, 'first', { enabled: false, day: 20 });
  await platform.owner.query(`delete from reporting.schedule where report = 'second'`);
  await service.adopt(organisation, 'second', { enabled: false, day: 20 });
  const days = (await service.schedules(clerk, ['first', 'second'])).map(({ enabled, day, hour }) => [
    enabled,
    day,
    hour,
  ]);
  expect(days).toEqual([
    [true, 9, 9],
    [false, 20, 2],
  ]);
});

test('a report that cannot be made holds up no other; it is made later, and the job says that something failed', async () => {
  await set('first');
  await set('second');
  broken.add('first');
  await expect(hour('2026-07-05T09:05')).rejects.toThrow('could not be made');
  expect(made).toEqual(['second 2026-06']);
  broken.clear();
  await hour('2026-07-05T10:05');
  expect(made).toEqual(['second 2026-06', 'first 2026-06']);
});

test('a mail that did not go goes an hour later; who may no longer read it is sent nothing', async () => {
  await set('first', { formats: [] });
  await set('second', { enabled: false });
  const { port } = relay;
  relay.close();
  await hour('2026-08-05T09:05');
  expect(await last('first')).toMatchObject({ month: '2026-07', receivers: 1, sent: 0, failed: 0 });
  relay = await smtpRelay('kind', port);
  await hour('2026-08-05T09:35');
  expect(relay.letters).toHaveLength(0);
  await hour('2026-08-05T10:05');
  expect(relay.letters).toHaveLength(1);
  expect(await last('first')).toMatchObject({ receivers: 1, sent: 1 });
  await platform.owner.query(`update identity.account set state = 'disabled' where id = $1`, [reader]);
  const before = (await inbox()).length;
  await hour('2026-09-05T09:05');
  expect(await last('first')).toMatchObject({ month: '2026-08', sent: 0, failed: 1 });
  expect((await inbox()).length).toBe(before);
});
