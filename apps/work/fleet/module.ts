import { alarms } from '@keystead/apps/work/alarms';
import { codecs } from '@keystead/apps/work/codecs';
import { commands } from '@keystead/apps/work/commands';
import { codecInForce } from '@keystead/contracts/events/codecs';
import { places } from '@keystead/data/places';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { movePaths } from '@keystead/kernel/db';
import { defineModule } from '@keystead/kernel/module';
import { createAgents } from './agents.ts';
import { createChildren } from './children.ts';
import { createCodecPush } from './codec-push.ts';
import { createCompleteness } from './completeness.ts';
import { createConfigurations } from './configurations.ts';
import { createConfiguring } from './configuring.ts';
import { createDoors } from './doors.ts';
import { joinRoutes } from './join-routes.ts';
import { createJoining } from './joining.ts';
import { createLocalAlarms } from './local-alarms.ts';
import { createLogBook } from './log-book.ts';
import { agentRoutes } from './routes.ts';

export const fleet = defineModule({
  name: 'fleet',
  needs: { places, things, telemetry, alarms, codecs, commands },
  files: import.meta.dirname,
  setup: (kernel, { places, things, telemetry, alarms, codecs, commands }) => {
    const parts = { ...kernel, places, things };
    const logs = createLogBook(parts);
    const configurations = createConfigurations(parts);
    const agents = createAgents({ things, configurations });
    const completeness = createCompleteness({ db: kernel.db, agents });
    const joining = createJoining(parts);
    const registerChildren = createChildren(parts);
    const localAlarms = createLocalAlarms({
      ...parts,
      alarms,
      saveMark: (tx, gateway, batch) => telemetry.saveMark(tx, 'fleet', gateway, batch),
    });

    const configure = createConfiguring({ agents, configurations, registerChildren });
    const service = { agents, configurations, configure, completeness, joining, logs, localAlarms };
    kernel.http.mount('/fleet', [
      ...joinRoutes(joining, createDoors(kernel), () => kernel.clock.now()),
      ...agentRoutes(service),
    ]);
    places.follow(async (tx, organisation, from, to) => {
      await movePaths(tx, 'fleet.join_token', 'place', organisation, from, to);
    });
    commands.outbox.answers('getAgentConfiguration', (thing, params) => configurations.fetch(thing, params));
    codecs.onUsersAsked(configurations.usersOfCodec);
    kernel.bus.on(codecInForce, 'fleet.push-codec', createCodecPush({ codecs, configurations }));
    telemetry.follow({ name: 'fleet', take: (batch) => localAlarms.take(batch) });
    return service;
  },
});

export type FleetService = ReturnType<typeof fleet.setup>;
