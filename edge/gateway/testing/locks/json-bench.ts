import { LockLog, lockEvents, lockProperties, lockServices } from '@keystead/contracts/lock';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { FaultyLine } from '../faulty-line.ts';
import { property } from '../models.ts';
import { openTestGateway } from '../open.ts';
import { type LockBench, logInto, patience } from './bench.ts';
import { JsonLock } from './json-lock.ts';

const name = (id: string) => ({ zh: id, en: id });
const integers: readonly string[] = ['battery', 'wrongCodes', 'grants'];

/** The least a model must have to be a lock. */
export const lockModel: ThingModel = {
  family: 'test-lock',
  version: 1,
  name: name('lock'),
  category: { function: 'access', domain: 'housing', specification: 'test' },
  authentication: 'secret',
  interval: 60,
  grace: 60,
  properties: [...lockProperties, 'grants'].map((id, at) =>
    property(id, at + 1, { type: integers.includes(id) ? 'integer' : 'boolean' }),
  ),
  events: lockEvents.map((id) => ({ id, name: name(id), transferLevel: 3, storeLevel: 3 })),
  services: Object.entries(lockServices).map(([id, input]) => ({
    id,
    name: name(id),
    risk: 'normal',
    deadline: 15,
    input: { ...input },
  })),
};

/** Driver one: the platform's JSON over MQTT, through the gateway itself. */
export async function openJsonBench(started: number): Promise<LockBench> {
  const { gateway, memory, mqttPort } = await openTestGateway();
  const thing = 65;
  memory.list({ kind: 'token', token: 'lock-token' }, thing, lockModel);
  const line = await new FaultyLine(mqttPort).listen();
  const lock = new JsonLock(() => line.port, 'lock-token', started);
  const log = new LockLog();
  let [seen, request] = [0, 0];
  const fold = () => {
    for (const { event, time, data } of memory.events.slice(seen)) logInto(log, event, time, data);
    seen = memory.events.length;
  };
  return {
    hand: lock,
    get log() {
      fold();
      return log;
    },
    values: () => {
      const values: Record<string, unknown> = {};
      for (const message of memory.messages)
        message.keys.forEach((key, at) => {
          const found = lockModel.properties.find((each) => each.key === key);
          const value = message.values[at];
          if (found) values[found.id] = found.type === 'boolean' ? value === 1 : value;
        });
      return values;
    },
    call: async (method, params = {}) => {
      const mine = ++request;
      memory.command({ thing, request: mine, method, params });
      for (const until = Date.now() + patience; Date.now() < until; ) {
        const reply = memory.answers.find((each) => each.request === mine)?.reply as
          | Record<string, unknown>
          | undefined;
        if (reply && 'error' in reply) throw new Error(String(reply.error));
        if (reply) return reply;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      // What has expired is no longer sent.
      const at = memory.outbox.findIndex((each) => each.request === mine);
      if (at >= 0) memory.outbox.splice(at, 1);
      throw new Error('device-silent');
    },
    cut: () => line.cut(),
    mend: () => line.mend(),
    connected: () => memory.presence.at(-1) === `+${thing}`,
    close: async () => {
      await lock.off();
      await line.close();
      await gateway.close();
    },
  };
}
