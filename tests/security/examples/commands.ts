import { newWord, type World } from '../world.ts';
import type { Examples } from './example.ts';

const scene = async (world: World) => ({
  name: newWord(),
  place: await world.projectPath(),
  steps: [{ thing: (await world.thing()).id, service: 'test' }],
});
const linkageOf = (place: string, thing: string) => ({
  name: newWord(),
  place,
  trigger: { kind: 'event', family: 'smoke-detector', event: 'tamper', thing },
  action: { kind: 'command', thing, service: 'test' },
});
const linkage = async (world: World) => linkageOf(await world.projectPath(), (await world.thing()).id);

export const commands: Examples = {
  'commands.send': async (world) => ({ body: { thing: (await world.thing()).id, service: 'test' } }),
  'commands.preview': async (world) => ({
    body: { targets: { things: [(await world.thing()).id] }, service: 'test' },
  }),
  'commands.batch': async (world) => ({ body: { targets: { things: [(await world.thing()).id] }, service: 'test' } }),
  'commands.approve': async (world) => ({
    params: { id: await world.waitingCommand() },
    body: { note: '同意' },
    as: await world.colleague(),
  }),
  'commands.refuse': async (world) => ({
    params: { id: await world.waitingCommand() },
    body: { note: '不同意' },
    as: await world.colleague(),
  }),
  'commands.approveRun': async (world) => ({
    params: { id: await world.waitingRun() },
    body: { note: '同意' },
    as: await world.colleague(),
  }),
  'commands.refuseRun': async (world) => ({
    params: { id: await world.waitingRun() },
    body: { note: '不同意' },
    as: await world.colleague(),
  }),
  'commands.cancel': async (world) => ({ params: { id: await world.waitingCommand() }, body: {} }),
  'commands.submit': async (world) => ({ params: { id: await world.draftCommand() }, body: { note: '执行' } }),
  'scenes.create': async (world) => ({ body: await scene(world) }),
  'scenes.update': async (world) => ({
    params: { id: await world.scene(await scene(world)) },
    body: await scene(world),
  }),
  'scenes.remove': async (world) => ({ params: { id: await world.scene(await scene(world)) } }),
  'scenes.run': async (world) => ({ params: { id: await world.scene(await scene(world)) }, body: {} }),
  'linkages.create': async (world) => ({ body: await linkage(world) }),
  'linkages.update': async (world) => ({
    params: { id: await world.linkage(await linkage(world)) },
    body: await linkage(world),
  }),
  'linkages.try': async (world) => ({ body: { rule: await linkage(world), thing: (await world.thing()).id } }),
  'linkages.remove': async (world) => ({ params: { id: await world.linkage(await linkage(world)) } }),
  'things.desire': async (world) => ({ params: { id: (await world.thing()).id }, body: { interval: 60 } }),
};
