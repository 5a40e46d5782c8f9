import { alarmChanged } from '@keystead/contracts/events/alarms';
import { thingChanged, thingOnlineChanged } from '@keystead/contracts/events/things';
import { isId } from '@keystead/contracts/ids';
import { places } from '@keystead/data/places';
import { telemetry } from '@keystead/data/telemetry';
import { things } from '@keystead/data/things';
import { movePaths } from '@keystead/kernel/db';
import { defineModule } from '@keystead/kernel/module';
import { createCarrying } from './carrying.ts';
import { createCorrelation } from './correlation.ts';
import { AlarmEngine } from './engine.ts';
import { createGroupings } from './grouping.ts';
import { closeStale } from './jobs.ts';
import { createRaising } from './raising.ts';
import { deskRoutes, groupingRoutes, silenceRoutes } from './routes.ts';
import { RuleBook } from './rule-book.ts';
import { ruleRoutes } from './rule-routes.ts';
import { createRules } from './rules.ts';
import { createAlarmDesk } from './service.ts';
import { createSettling, settleIncidents } from './settling.ts';
import { createSilences } from './silence.ts';
import { subscribeSources } from './sources.ts';
import { createTelling } from './telling.ts';

const tickEvery = 250; // ms
const refreshEvery = 2000; // ms: a rule edited takes effect within 10 s (H-9.5.1-c-1)

export const alarms = defineModule({
  name: 'alarms',
  needs: { places, things, telemetry },
  files: import.meta.dirname,
  setup: (kernel, { places, things, telemetry }) => {
    const { bus, db, clock, log } = kernel;
    const tell = createTelling(kernel);
    const groupings = createGroupings(kernel);
    const correlation = createCorrelation({
      clock,
      groupings,
      tell,
      dependencies: things.dependencies,
      groundOf: places.groundOf,
    });
    const raising = createRaising({ clock, tell, correlation });
    const settling = createSettling({ db, clock, tell });
    const desk = createAlarmDesk({ ...kernel, tell });
    const rules = createRules(kernel, (actor, family) => things.models.newest(actor, family));
    const book = new RuleBook(db, log);
    const engine = new AlarmEngine({
      db,
      clock,
      log,
      raising,
      book,
      things: {
        refs: async (numbers) => {
          const refs = await things.refs(numbers);
          for (const { organisation } of refs.values())
            if (await rules.ensureBuiltin(organisation)) await book.refresh();
          return refs;
        },
      },
      latest: (numbers) => telemetry.latestPoints(numbers),
      saveMark: (tx, gateway, batch) => telemetry.saveMark(tx, 'alarms', gateway, batch),
    });

    kernel.http.mount('/alarms', [
      ...silenceRoutes(createSilences(kernel)),
      ...groupingRoutes(groupings),
      ...deskRoutes(desk),
    ]);
    kernel.http.mount('/alarm-rules', ruleRoutes(rules));
    kernel.live.forward(alarmChanged, 'alarm.changed', 'alarm:read');
    places.follow(async (tx, organisation, from, to) => {
      for (const table of ['alarms.alarm', 'alarms.silence'])
        await movePaths(tx, table, 'place', organisation, from, to);
    });
    subscribeSources(bus, raising);
    bus.on(thingOnlineChanged, 'alarms.online', async ({ payload }) => {
      const number = await things.numberOf(payload.id);
      if (number === undefined || (payload.to !== 'online' && payload.to !== 'offline')) return;
      await engine.online(number, payload.to, Date.parse(payload.since) * 1000);
    });
    bus.on(thingChanged, 'alarms.thing-changed', async ({ payload }) => {
      const number = await things.numberOf(payload.id);
      if (number !== undefined) await engine.forget(number);
    });
    bus.on(alarmChanged, 'alarms.resolved-by-hand', async (event, tx) => {
      const { change, rule, subject, condition } = event.payload;
      if (change !== 'resolve' || condition === 'cleared') return;
      if (rule.startsWith('platform:security:'))
        await raising.clear(tx, {
          organisation: event.organisation,
          rule,
          subject,
          eventTime: clock.now(),
          readings: {},
        });
      const number = isId(rule) ? await things.numberOf(subject.id) : undefined;
      if (number !== undefined) await engine.resolved(number, rule);
    });
    bus.on(alarmChanged, 'alarms.carry-step', createCarrying({ clock, tell }).follow);
    kernel.jobs.add(closeStale(tell));
    kernel.jobs.add(settleIncidents(settling));

    kernel.onStart(async () => {
      if (kernel.role !== 'worker') return undefined;
      await engine.start();
      const watch = (work: () => Promise<void>) => () =>
        void work().catch((cause) => log.error({ err: cause }, 'alarm engine'));
      const timers = [
        setInterval(
          watch(() => engine.tick()),
          tickEvery,
        ),
        setInterval(
          watch(() => engine.refresh()),
          refreshEvery,
        ),
      ];
      return async () => {
        for (const timer of timers) clearInterval(timer);
        await engine.stop();
      };
    });
    // After the engine's own start: what follows the stream finds it ready.
    telemetry.follow({ name: 'alarms', take: (batch) => engine.take(batch) });
    return { ...desk, raise: raising.raise, clear: raising.clear, rules, engine };
  },
});

export type AlarmsService = ReturnType<typeof alarms.setup>;
