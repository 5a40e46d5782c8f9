import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { problem } from '@keystead/contracts/problem';
import type { Kernel } from '@keystead/kernel/module';
import { bellName, readBell } from './bell.ts';
import { Gatherer } from './gatherer.ts';
import { OnTheWay } from './on-the-way.ts';
import * as store from './outbox-store.ts';
import { readReply } from './reply.ts';
import type { Sealing } from './sealing.ts';
import { withoutSecrets } from './secret.ts';
import type { Telling } from './telling.ts';

/** The platform has no method of this name; the same stable type the terminal layer refuses with. */
export class MethodUnknown extends problem('method-unknown', 400) {}

/** A call as the gateway writes it to the device. */
export interface OutgoingCall {
  thing: number;
  /** Stays the same over reconnects, so that a late reply still finds its command. */
  request: number;
  method: string;
  params: unknown;
}

/** Whoever can write to devices. */
export interface Reach {
  reaches(thing: number): boolean;
  /** False when it could not be written after all. */
  command(call: OutgoingCall): boolean;
}

/** What a device (by its number) asked is answered with. */
export type DeviceAnswer = (thing: number, params: unknown) => Promise<unknown>;

const roundMost = 500;
/** Answers that are no emergencies may wait this long for company. */
const pace = 8; // ms
const lookEvery = 1000; // ms

type Deps = Pick<Kernel, 'db' | 'clock' | 'log' | 'bus'> & { telling: Telling; sealing: Pick<Sealing, 'open'> };

const inOrder = (a: store.ClaimedRow, b: store.ClaimedRow): number =>
  Number(b.urgent) - Number(a.urgent) || a.number - b.number;

/** A device speaking for itself, in the journal. */
const deviceActor = (row: store.AnsweredRow): Actor => ({
  kind: 'device',
  id: row.thing_id,
  name: row.thing_code,
  scope: { organisation: row.organisation, subtrees: [''] },
  permissions: new Set(),
});

/**
 * The side of the commands that looks at the devices, one in each gateway process. A command is committed as sent
 * before its first byte leaves, so a crash can lose a sending but never double it; only what the model calls
 * repeatable is sent again.
 */
export function createOutbox({ db, clock, log, bus, telling, sealing }: Deps) {
  const sender = newId();
  const questions = new Map<string, DeviceAnswer>([['getCurrentTime', async () => ({ time: clock.now().getTime() })]]);
  const onTheWay = new OnTheWay();
  const wanted = { urgent: new Set<number>(), ordinary: new Set<number>() };
  const busy: { urgent?: Promise<void>; ordinary?: Promise<void> } = {};
  let reach: Reach | undefined;

  /** The calls of claimed rows, what goes ahead first. One whose input does not open is never written, and ends unanswered. */
  const callsOf = (rows: readonly store.ClaimedRow[]): OutgoingCall[] =>
    rows.toSorted(inOrder).flatMap((row) => {
      const { number: request, thing, method } = row;
      try {
        const call = { thing, request, method, params: sealing.open(row) };
        onTheWay.add(row);
        return [call];
      } catch (cause) {
        log.error({ err: cause, command: row.id }, 'the input of a command cannot be opened');
        return [];
      }
    });

  async function giveBack(numbers: readonly number[]): Promise<void> {
    if (numbers.length === 0) return;
    for (const number of numbers) onTheWay.settle(number);
    await db.systemRead(store.giveBack(numbers));
  }

  /** One round: everything of the reachable among the wanted things, at most `roundMost`. */
  async function round(lane: 'urgent' | 'ordinary'): Promise<void> {
    const things = [...wanted[lane]].filter((thing) => reach?.reaches(thing));
    wanted[lane].clear();
    if (things.length === 0) return;
    const urgent = lane === 'urgent';
    const rows = await db.systemRead(store.claim(things, { urgent, limit: roundMost, sender, now: clock.now() }));
    const unwritten = callsOf(rows).filter((call) => !reach?.command(call));
    await giveBack(unwritten.map(({ request }) => request));
    if (rows.length === roundMost) for (const thing of things) wanted[lane].add(thing);
  }

  function go(lane: 'urgent' | 'ordinary'): void {
    busy[lane] ??= (async () => {
      while (wanted[lane].size > 0) await round(lane);
    })()
      .catch((cause) => log.error({ err: cause }, 'commands could not be taken from the queue'))
      .finally(() => {
        busy[lane] = undefined;
      });
  }

  function hear(text: string): void {
    const { urgent, things } = readBell(text);
    const lane = urgent ? 'urgent' : 'ordinary';
    for (const thing of things) wanted[lane].add(thing);
    go(lane);
  }

  /** Without being told: what was missed while nobody listened. */
  async function look(): Promise<void> {
    const rows = await db.systemRead(store.waitingThings(clock.now()));
    for (const { thing } of rows) if (reach?.reaches(thing)) wanted.ordinary.add(thing);
    go('ordinary');
    onTheWay.forgetEnded(clock.now());
  }

  async function take(thing: number, { limit, again }: { limit: number; again: boolean }): Promise<OutgoingCall[]> {
    const now = clock.now();
    // Whatever was sent before went over a connection that is gone.
    if (again) await db.systemRead(store.markBroken([thing], now));
    const repeated = again ? await db.systemRead(store.claimAgain(thing, sender, now)) : [];
    const fresh = await db.systemRead(store.claim([thing], { urgent: false, limit, sender, now }));
    return callsOf([...repeated, ...fresh]);
  }

  async function writeAnswers(answers: store.Answer[]): Promise<undefined[]> {
    await db.systemTransaction(async (tx) => {
      const now = clock.now();
      const rows = await store.answer(tx, answers, now);
      if (rows.length === 0) return;
      const calibrations = rows.filter(({ record, state }) => record === 'calibration' && state !== 'refused');
      await Promise.all([
        telling.journal(
          tx,
          rows.map((row) => ({
            actor: deviceActor(row),
            row,
            verb: 'answer',
            detail: { requester: row.requester_name },
          })),
        ),
        telling.announce(tx, rows),
        calibrations.length > 0 &&
          store.keepCalibrations(
            tx,
            calibrations.map((row) => ({ id: newId(), row })),
            now,
          ),
      ]);
    });
    return answers.map(() => undefined);
  }

  const answers = {
    urgent: new Gatherer(writeAnswers, roundMost),
    ordinary: new Gatherer(writeAnswers, roundMost, pace),
  };
  const broken = new Gatherer<number, undefined>(async (things) => {
    await db.systemRead(store.markBroken(things, clock.now()));
    return things.map(() => undefined);
  }, roundMost);

  /** What the device says to a call; resolves when it is committed. An answer nobody waits for is dropped. */
  async function answered(thing: number, request: number, reply: unknown): Promise<void> {
    const { taken, failure } = readReply(reply);
    const urgent = onTheWay.settle(request)?.urgent ?? false;
    const given = { number: request, thing, reply: withoutSecrets(reply ?? null), taken, failure: failure ?? null };
    await answers[urgent ? 'urgent' : 'ordinary'].add(given);
  }

  /** In the gateway: listens for what is queued until stopped. */
  async function start(): Promise<() => Promise<void>> {
    await db.systemRead(store.markAllBroken(sender, clock.now()));
    bus.onBell(bellName, hear);
    const timer = setInterval(() => {
      look().catch((cause) => log.warn({ err: cause }, 'looking for commands failed'));
    }, lookEvery);
    return async () => {
      clearInterval(timer);
      await Promise.all([busy.urgent, busy.ordinary, answers.urgent.settled(), answers.ordinary.settled()]);
      await broken.settled();
    };
  }

  return {
    take,
    onCommand: (listener: Reach): (() => void) => {
      reach = listener;
      return () => {
        if (reach === listener) reach = undefined;
      };
    },
    returned: (_thing: number, request: number): void => {
      giveBack([request]).catch((cause) => log.warn({ err: cause, request }, 'a command could not be put back'));
    },
    answered,
    /** The session of a thing ended. */
    broken: (thing: number): void => {
      if (!onTheWay.has(thing)) return;
      broken.add(thing).catch((cause) => log.warn({ err: cause, thing }, 'a break could not be noted'));
    },
    /** A call from the device; rejects with MethodUnknown when nobody answers that. */
    asked: async (thing: number, method: string, params: unknown): Promise<unknown> => {
      const answer = questions.get(method);
      if (!answer) throw new MethodUnknown({ method });
      return answer(thing, params);
    },
    /** Answers a question devices ask; what it throws as a Problem is told to the device. */
    answers: (method: string, answer: DeviceAnswer): void => {
      questions.set(method, answer);
    },
    hear,
    look,
    start,
    /** Resolves when no round is under way. */
    settled: async (): Promise<void> => {
      await Promise.all([busy.urgent, busy.ordinary]);
    },
  };
}

export type CommandOutbox = ReturnType<typeof createOutbox>;
