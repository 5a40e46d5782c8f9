import { LockMemory } from '@keystead/contracts/lock';
import { Client } from '../client.ts';
import { MqttActuator } from '../load/mqtt-actuator.ts';
import { withPlatform } from '../platform.ts';
import { type BenchContext, type Benchmark, rounded } from '../result.ts';

interface Made {
  id: string;
}
interface KeyLine {
  id: string;
  house: string;
  state: string;
}
/** A lease that waits for its last signature, and the lock of its house. */
interface Waiting {
  house: string;
  lease: string;
  lessor: string;
  digest: string;
  lock: LockMemory;
}

const dayMs = 86_400_000;
const patience = 60_000; // ms for one move-in
const lookEvery = 25; // ms

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const dayFromNow = (days: number): string =>
  new Date(Date.now() + 28_800_000 + days * dayMs).toISOString().slice(0, 10);

/** Houses with their locks, which speak MQTT and hold grants in themselves. */
async function furnish(client: Client, port: number, count: number) {
  const project = await client.post<Made>('/places', { parent: null, kind: 'project', code: 'MOVEIN', name: '新苑' });
  const inside = { parent: project.id, kind: 'building', code: 'B1', name: '1栋' };
  const building = await client.post<Made>('/places', inside);
  const houses: { id: string; lock: LockMemory }[] = [];
  for (let n = 1; n <= count; n++) {
    const code = `M-${String(n).padStart(4, '0')}`;
    const { id } = await client.post<Made>('/places', { parent: building.id, kind: 'house', code, name: code });
    houses.push({ id, lock: new LockMemory() });
  }
  const rows = houses.map(({ id }, at) => ({
    ...{ code: `LOCK-${at + 1}`, name: `门锁 ${at + 1}`, family: 'lock', placeId: id, state: 'in-use' },
  }));
  const { things } = await client.post<{ things: { code: string; token: string | null }[] }>('/things/import', {
    ...{ rows, tokens: true },
  });
  const actuators = await Promise.all(
    things.map(({ code, token }) => {
      const lock = houses[Number(code.slice('LOCK-'.length)) - 1]?.lock;
      return MqttActuator.connect(port, token ?? '', (method, params) => {
        const reply = lock?.call(method, params);
        return reply ? { ok: reply.error === undefined, ...reply } : { ok: false, error: 'method-unknown' };
      });
    }),
  );
  return { project: project.id, houses, actuators };
}

/** A household with a lease that its tenant has signed already: the other side's signature is all that is missing. */
async function lease(client: Client, project: string, house: { id: string; lock: LockMemory }): Promise<Waiting> {
  const party = async (kind: string, name: string) =>
    (await client.post<Made>('/parties', { kind, name, placeId: project })).id;
  const [household, lessor] = [await party('household', '承租家庭'), await party('organisation', '安居公司')];
  const { id } = await client.post<Made>('/leases', {
    ...{ house: house.id, tenant: { party: household, name: '承租人' }, lessor: { party: lessor, name: '安居公司' } },
    ...{ startsOn: dayFromNow(0), endsOn: dayFromNow(300), title: '租赁合同', terms: {}, fees: [] },
  });
  await client.post(`/leases/${id}/steps`, { step: 'submit', reason: '' });
  const { digest } = await client.get<{ digest: string }>(`/leases/${id}`);
  const signature = { digest, identityCheck: 'counter', consent: '同意' };
  await client.post(`/leases/${id}/signatures`, { ...signature, role: 'tenant', party: household });
  return { house: house.id, lease: id, lessor, digest, lock: house.lock };
}

/** The last signature is given; ms until the lock opens to the PIN, and until the platform has read it back. */
async function moveIn(client: Client, { house, lease, lessor, digest, lock }: Waiting) {
  const began = performance.now();
  const signature = { digest, identityCheck: 'counter', consent: '同意', role: 'lessor', party: lessor };
  await client.post(`/leases/${lease}/signatures`, signature);
  let opens: number | undefined;
  for (;;) {
    const now = performance.now() - began;
    const [grant] = lock.grants;
    if (opens === undefined && grant) {
      const shown = { means: 'pin' as const, credential: grant.credential, time: Date.now() };
      if (lock.show(shown)) opens = now;
    }
    if (opens !== undefined) {
      const { items } = await client.get<{ items: KeyLine[] }>(`/door-keys?house=${house}`);
      if (items.some(({ state }) => state === 'working')) return { opens, working: performance.now() - began };
    }
    if (now > patience) throw new Error(`no working key in the lock of ${house} after ${patience / 1000} s`);
    await pause(lookEvery);
  }
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function measure(platform: { ports: { mqtt: number } }, client: Client, { say, option }: BenchContext) {
  const count = option('move-ins', 120);
  const { project, houses, actuators } = await furnish(client, platform.ports.mqtt, count);
  const waiting: Waiting[] = [];
  for (const house of houses) waiting.push(await lease(client, project, house));
  say(`${count} leases wait for their last signature, ${actuators.length} locks are connected`);
  const times: { opens: number; working: number }[] = [];
  const clerk = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) times.push(await moveIn(client, next));
  };
  await Promise.all(Array.from({ length: option('clerks', 2) }, clerk));
  for (const each of actuators) each.end();
  const opens = times.map((each) => each.opens).sort((a, b) => a - b);
  const working = times.map((each) => each.working).sort((a, b) => a - b);
  return {
    move_ins: times.length,
    opens_p50_ms: rounded(at(opens, 0.5)),
    opens_p95_ms: rounded(at(opens, 0.95)),
    p50_ms: rounded(at(working, 0.5)),
    p95_ms: rounded(at(working, 0.95)),
    longest_ms: rounded(working.at(-1) ?? Number.NaN),
  };
}

export const moveInBenchmark: Benchmark = {
  name: 'move-in',
  summary: 'from the last signature of a lease to a working key in the lock over MQTT, without a person’s help',
  goals: { p95_ms: { at: '≤', value: 5_000 } },
  run: (context) =>
    withPlatform({ demo: 10, settings: { DEMO_FAULTS: 'off' } }, (platform) =>
      measure(platform, new Client(platform), context),
    ),
};
