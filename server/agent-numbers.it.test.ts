import { type FleetService, fleet } from '@keystead/apps/work/fleet';
import type { ThingsService } from '@keystead/data/things';
import type { GatewayPorts } from '@keystead/edge/gateway';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayPorts } from './gateway.ts';
import type { Services } from './wiring.ts';

let platform: TestPlatform;
let service: FleetService;
let ports: GatewayPorts;
let agent: number;

beforeAll(async () => {
  platform = await startPlatform(fleet);
  service = platform.services.fleet as FleetService;
  // No device asks for firmware here.
  ports = gatewayPorts({ ...platform.services, firmware: {} } as unknown as Services);
  const keeper = platform.actor('thing:write');
  const things = platform.services.things as ThingsService;
  agent = (await things.create(keeper, { code: 'EDGE-1', name: '节点', family: 'edge-agent' })).number;
});
afterAll(async () => {
  await (platform.services as unknown as Services).telemetry.close();
  await platform.stop();
});

const log = 'aaaaaaaa';
const micros = () => platform.clock.now().getTime() * 1000;
const send = (from: number, to: number) =>
  ports.intake.accept(
    [],
    Array.from({ length: to - from + 1 }, (_, n) => ({
      thing: agent,
      time: micros() + from + n,
      event: 'link-switched',
    })),
    micros(),
    [{ agent, log, level: 2, from, to, first: micros(), last: micros(), dropped: [], received: micros() }],
    false,
  );
const kept = async () => {
  const { rows } = await platform.owner.query('select count(*)::int as n from telemetry.event where thing = $1', [
    agent,
  ]);
  return { events: rows[0].n, numbers: await service.logs.known(agent, log) };
};

test(
  clause(
    'H-7.2-b-2',
    'a gateway that dies between its records and their numbers leaves neither, so nothing is doubled',
  ),
  async () => {
    await send(1, 3);
    expect(await kept()).toEqual({ events: 3, numbers: [{ level: 2, from: 1, to: 3 }] });

    // The numbers of the agent are held by somebody else: the commit waits, with its records written already.
    const name = `fleet.log ${agent}`;
    await platform.owner.query('select pg_advisory_lock(hashtextextended($1, 17))', [name]);
    const cut = send(4, 6);
    const waiting = `select pid from pg_stat_activity where wait_event = 'advisory' and datname = current_database()`;
    await expect.poll(async () => (await platform.owner.query(waiting)).rows.length, { timeout: 10_000 }).toBe(1);
    await platform.owner.query(`select pg_terminate_backend(pid) from (${waiting}) as held`);
    await expect(cut).rejects.toThrow();
    await platform.owner.query('select pg_advisory_unlock(hashtextextended($1, 17))', [name]);
    expect(await kept()).toEqual({ events: 3, numbers: [{ level: 2, from: 1, to: 3 }] });

    // The agent sends again what was not acknowledged; a new gateway knows exactly what is there.
    await send(4, 6);
    expect(await kept()).toEqual({ events: 6, numbers: [{ level: 2, from: 1, to: 6 }] });
  },
);
