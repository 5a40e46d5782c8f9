import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from './index.ts';
import type { CommandOutbox, OutgoingCall } from './outbox.ts';
import { createOutbox } from './outbox.ts';
import { createSealing } from './sealing.ts';
import { createTelling } from './telling.ts';
import { type CommandYard, openYard } from './testing.ts';

let yard: CommandYard<TestPlatform>;
beforeAll(async () => {
  yard = await openYard(await startPlatform(commands));
});
afterAll(() => yard.stop());

type Step = 'send' | 'deliver' | 'lose-line' | 'contact' | 'kill' | 'answer' | 'answer-twice' | 'lose-answer' | 'wait';
const steps: Step[] = [
  'send',
  'deliver',
  'lose-line',
  'contact',
  'kill',
  'answer',
  'answer-twice',
  'lose-answer',
  'wait',
];

/** A device that counts what it did by the number of the call, and the gateway process it hangs on. */
class Scene {
  readonly effects = new Map<number, number>();
  readonly unanswered: number[] = [];
  readonly thing: { id: string; number: number };
  connected = true;
  outbox: CommandOutbox;

  constructor(thing: { id: string; number: number }) {
    this.thing = thing;
    this.outbox = this.begin();
  }

  begin(): CommandOutbox {
    const { kernel } = yard.platform;
    const outbox = createOutbox({ ...kernel, telling: createTelling(kernel), sealing: createSealing(kernel) });
    outbox.onCommand({
      reaches: (thing) => this.connected && thing === this.thing.number,
      command: (call) => this.hear(call),
    });
    return outbox;
  }

  hear({ request }: OutgoingCall): boolean {
    if (!this.connected) return false;
    this.effects.set(request, (this.effects.get(request) ?? 0) + 1);
    this.unanswered.push(request);
    return true;
  }

  async take(step: Step): Promise<void> {
    const { outbox, thing } = this;
    switch (step) {
      case 'send':
        await yard.service.send(yard.author, thing.id, { service: 'act', expiresIn: 600 });
        break;
      case 'deliver':
        await outbox.look();
        await outbox.settled();
        break;
      case 'lose-line':
        this.connected = false;
        outbox.broken(thing.number);
        break;
      case 'contact':
        this.connected = true;
        for (const call of await outbox.take(thing.number, { limit: 100, again: true })) this.hear(call);
        break;
      case 'kill': {
        // What it had claimed and not written is gone with it.
        await outbox.take(thing.number, { limit: 1, again: false });
        this.connected = false;
        this.outbox = this.begin();
        await (await this.outbox.start())();
        break;
      }
      case 'lose-answer':
        this.unanswered.shift();
        break;
      case 'wait':
        yard.platform.clock.pass(20);
        await yard.service.upkeep.sweep();
        break;
      default: {
        const request = this.unanswered.shift();
        if (request === undefined) break;
        const times = step === 'answer-twice' ? 2 : 1;
        await Promise.all(Array.from({ length: times }, () => outbox.answered(thing.number, request, { ok: true })));
      }
    }
  }
}

test('whatever breaks, a command takes effect at most once, and each comes to an end', async () => {
  const draft = (family: string) => ({
    family,
    name: { zh: family, en: family },
    category: { function: 'x', domain: 'y', specification: 'z' },
    authentication: 'secret',
    interval: 60,
    grace: 60,
    properties: [],
    events: [],
    services: [{ id: 'act', name: { zh: '动', en: 'Act' }, risk: 'normal', deadline: 15 }],
  });
  await yard.model(draft('once-only'));
  const history = fc.array(fc.constantFrom(...steps), { minLength: 5, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(history, async (taken) => {
      const scene = new Scene(await yard.make('once-only'));
      for (const step of taken) await scene.take(step);
      expect([...scene.effects.values()].every((count) => count === 1)).toBe(true);
      scene.connected = false;
      yard.platform.clock.pass(700);
      await yard.service.upkeep.sweep();
      await yard.service.upkeep.sweep();
      const { items } = await yard.service.list(yard.author, { thing: scene.thing.id });
      for (const { number, state, endedAt } of items) {
        expect(endedAt, state).toBeDefined();
        // What is said to be done was done; what was certainly not sent had no effect.
        if (state === 'acknowledged') expect(scene.effects.get(number)).toBe(1);
      }
    }),
    { numRuns: 40, seed: 20_260_601 },
  );
}, 120_000);

test('what may be repeated is sent again over a new connection with the number it had', async () => {
  const relay = await yard.make('relay');
  await yard.service.send(yard.author, relay.id, { service: 'switch', input: { closed: true } });
  const [first] = await yard.deliver();
  yard.service.outbox.broken(relay.number);
  const again = await yard.service.outbox.take(relay.number, { limit: 10, again: true });
  expect(again).toEqual([first]);
  await yard.service.outbox.answered(relay.number, first?.request ?? 0, null);
  expect(await yard.service.outbox.take(relay.number, { limit: 10, again: true })).toEqual([]);
});
