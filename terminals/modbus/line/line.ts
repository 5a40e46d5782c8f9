import { setTimeout as sleep } from 'node:timers/promises';
import { DeviceSilent, Overloaded, type Refusal, refuse } from '@keystead/terminals/port';
import type { Framing } from '../frame/framing.ts';
import { encodeRequest, type ModbusRequest } from '../frame/request.ts';
import { type Answer, type Exchange, startExchange } from './exchange.ts';
import type { Link } from './link.ts';
import { supervise } from './supervisor.ts';
import type { OpenWire } from './wire.ts';

/** Asks a device while the line is ours. */
export type Ask = (link: Link, request: ModbusRequest) => Promise<Answer>;

/** One wire with everybody on it. Only one question is under way at a time, whoever asks. */
export interface Line {
  readonly up: boolean;
  /** Why the line is not up. */
  readonly fault: string | undefined;
  /**
   * Does a piece of work with the line to itself. Calls of people go before polling; what waits longer than `patience`
   * ms is never begun and answers with a refusal.
   */
  run<T>(work: (ask: Ask) => Promise<T>, turn: { urgent: boolean; patience: number }): Promise<T | Refusal>;
  close(): Promise<void>;
}

export interface LineSetup {
  open: OpenWire;
  framing: Framing;
  /** Patience for one answer, ms. */
  timeout: number;
  /** Silence kept between an answer and the next question (turnaround), ms. */
  pause: number;
  /** Questions in a row without a single byte back after which the wire is opened anew; 0 = never. */
  deadAfter: number;
  changed(up: boolean, reason: string): void;
  refused(refusal: Refusal, sample: Uint8Array, device: string): void;
}

interface Job {
  start: () => Promise<void>;
  drop: (refusal: Refusal) => void;
  expires: number;
}

const mostWaiting = 4096;
/** A late answer would be taken for that of the next question where frames have no number (ms). */
const restAfterSilence = 50;

export function createLine(setup: LineSetup): Line {
  const { framing, timeout, pause } = setup;
  const urgent: Job[] = [];
  const ordinary: Job[] = [];
  let exchange: Exchange | undefined;
  let transaction = 0;
  let unheard = 0;
  let working = false;
  let closed = false;
  let freeAt = 0;

  const supervised = supervise(setup.open, {
    data: (bytes) => {
      unheard = 0;
      exchange?.data(bytes);
    },
    up: () => {
      unheard = 0;
      setup.changed(true, '');
    },
    down: (reason) => {
      exchange?.fail(reason);
      setup.changed(false, reason);
    },
  });

  const ask: Ask = async (link, request) => {
    const rest = freeAt - performance.now();
    if (rest > 0) await sleep(rest);
    const { wire } = supervised;
    if (wire === undefined) return refuse(DeviceSilent, supervised.fault ?? 'no connection yet');
    transaction = (transaction + 1) & 0xffff;
    const asked = { unit: link.unit, transaction, request };
    const answer = await new Promise<Answer>((done) => {
      exchange = startExchange({ framing, asked, link, timeout }, done, (refusal, sample) =>
        setup.refused(refusal, sample, link.device),
      );
      wire.write(framing.wrap(link.unit, transaction, encodeRequest(request)));
    });
    exchange = undefined;
    const silent = 'problem' in answer && answer.problem === DeviceSilent;
    freeAt = performance.now() + (silent && framing.name === 'rtu' ? Math.max(pause, restAfterSilence) : pause);
    unheard = silent ? unheard + 1 : 0;
    if (setup.deadAfter > 0 && unheard >= setup.deadAfter) {
      unheard = 0;
      supervised.renew('nothing comes through');
    }
    return answer;
  };

  async function pump(): Promise<void> {
    if (working) return;
    working = true;
    for (let job = urgent.shift() ?? ordinary.shift(); job; job = urgent.shift() ?? ordinary.shift()) {
      if (closed) job.drop(refuse(DeviceSilent, 'the channel is closed'));
      else if (performance.now() > job.expires) job.drop(refuse(DeviceSilent, 'the line was busy for too long'));
      else await job.start();
    }
    working = false;
  }

  return {
    get up() {
      return supervised.wire !== undefined;
    },
    get fault() {
      return supervised.fault;
    },
    run: <T>(work: (ask: Ask) => Promise<T>, turn: { urgent: boolean; patience: number }) =>
      new Promise<T | Refusal>((resolve, reject) => {
        const queue = turn.urgent ? urgent : ordinary;
        if (queue.length >= mostWaiting) return resolve(refuse(Overloaded));
        queue.push({
          start: () => work(ask).then(resolve, reject),
          drop: resolve,
          expires: performance.now() + turn.patience,
        });
        void pump();
      }),
    close: async () => {
      closed = true;
      exchange?.fail('the channel is closed');
      for (const job of [...urgent.splice(0), ...ordinary.splice(0)])
        job.drop(refuse(DeviceSilent, 'the channel is closed'));
      await supervised.close();
    },
  };
}
