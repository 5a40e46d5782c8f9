import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { AgentStatus } from '@keystead/contracts/agent';
import { clause } from '@keystead/kernel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentProcess } from './testing/agent-process.ts';
import { sensor } from './testing/models.ts';
import { openTestGateway, type TestGateway } from './testing/open.ts';
import { eventually } from './testing/raw-mqtt.ts';

// An invented protocol: 7E, unit, tenths of a degree in two bytes, sum of all before.
const script = (property: string) => `
function frame({ bytes }) {
  const start = bytes.indexOf(0x7e);
  if (start !== 0) return { skip: start < 0 ? bytes.length : start };
  if (bytes.length < 5) return;
  const sum = (bytes[0] + bytes[1] + bytes[2] + bytes[3]) & 255;
  return sum === bytes[4] ? { length: 5 } : { skip: 1 };
}
function decodeUplink({ bytes }) {
  return { device: String(bytes[1]), data: { ${property}: ((bytes[2] << 8) | bytes[3]) / 10 }, answer: [0x06, bytes[1]] };
}`;

const frame = (unit: number, tenths: number): Buffer => {
  const bytes = [0x7e, unit, tenths >> 8, tenths & 255];
  return Buffer.from([...bytes, bytes.reduce((sum, byte) => sum + byte, 0) & 255]);
};

const agentThing = 1;
const agentModel = { ...sensor, family: 'test-agent', category: { ...sensor.category, function: 'gateway' } };
let open: TestGateway;
let agent: AgentProcess;
let maker: Server;
let plugged: Socket[];
let heard: string;

beforeEach(async () => {
  open = await openTestGateway();
  open.memory.list({ kind: 'token', token: 'agent' }, agentThing, agentModel, true);
  open.memory.listBehind(agentThing, 'kiln 7', 107, sensor);
  open.memory.methods.set('getCurrentTime', () => ({ time: Date.now() }));
  agent = new AgentProcess();
  plugged = [];
  heard = '';
  maker = createServer((socket) => {
    plugged.push(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      heard += bytes.toString('hex');
    });
  }).listen(0, '127.0.0.1');
  await once(maker, 'listening');
});

afterEach(async () => {
  await agent.discard();
  for (const socket of plugged) socket.destroy();
  maker.close();
  await open.gateway.close();
});

const configuration = (version: number, source: string, thread: boolean) => ({
  version,
  codecs: [{ name: 'kiln', version, source }],
  channels: [
    {
      name: 'hall',
      protocol: 'script',
      thread,
      settings: {
        over: { kind: 'tcp-client', host: '127.0.0.1', port: (maker.address() as AddressInfo).port },
        codec: 'kiln',
      },
      devices: [{ name: 'kiln 7', at: { address: '7' } }],
    },
  ],
});

const told = () => open.memory.messages.filter(({ thing }) => thing === 107).map(({ values }) => values);
/** The platform wants a version; the agent fetches it. */
const share = (document: { version: number }) => {
  open.memory.methods.set('getAgentConfiguration', () => document);
  open.memory.share(agentThing, { agentConfiguration: document.version });
};
const state = () => (open.memory.client.get(agentThing)?.agent as AgentStatus | undefined)?.configuration;
const say = (...frames: Buffer[]) => plugged.at(-1)?.write(Buffer.concat(frames));

test.each([true, false])(
  clause(
    'I-7.1-b',
    'a script in the configuration speaks its protocol at the edge, and a new one takes over (thread: %s)',
  ),
  async (thread) => {
    const platforms = [`mqtt://127.0.0.1:${open.mqttPort}`];
    await agent.start({ platforms, configuration: configuration(1, script('temperature'), thread) });
    await eventually(() => plugged.length === 1, 15_000);
    // Garbage, a frame, one with a wrong sum, one in two pieces.
    const broken = Buffer.from([0x7e, 7, 0, 1, 0]);
    say(Buffer.from('00ff', 'hex'), frame(7, 215), broken, frame(7, 220).subarray(0, 2));
    await eventually(() => told().length === 1, 15_000);
    say(frame(7, 220).subarray(2));
    await eventually(() => told().length === 2, 15_000);
    expect(told()).toEqual([[21.5], [22]]);
    await eventually(() => heard === '06070607', 5_000);

    // The next version names the value otherwise; the device stays connected.
    share(configuration(2, script('humidity'), thread));
    await eventually(() => state()?.version === 2, 15_000);
    say(frame(7, 505));
    await eventually(() => told().length === 3, 15_000);
    const keys = open.memory.messages.filter(({ thing }) => thing === 107).map((message) => message.keys);
    expect(keys[2]).not.toEqual(keys[1]);
    expect(told()[2]).toEqual([50.5]);
    expect(plugged).toHaveLength(1);

    // One that does not even parse is refused whole; the one before goes on.
    share(configuration(3, 'function frame( {', thread));
    await eventually(() => state()?.refused === 3, 15_000);
    expect(state()?.errors).toMatchObject([{ pointer: '/codecs/0/source', code: 'codec-failed' }]);
    say(frame(7, 606));
    await eventually(() => told().length === 4, 15_000);
    expect(told()[3]).toEqual([60.6]);
  },
  60_000,
);
