import { ChecksumWrong, DeviceSilent, isRefusal, type Refusal, refuse } from '@keystead/terminals/port';
import { type Asked, type Framing, joined } from '../frame/framing.ts';
import { decodeReply, type ModbusReply } from '../frame/reply.ts';
import type { Link } from './link.ts';

/** The answer, or why there is none. */
export type Answer = ModbusReply | Refusal;

/** One question on a wire, from its frame to its answer or the end of patience. */
export interface Exchange {
  data(bytes: Uint8Array): void;
  /** The wire is gone. */
  fail(reason: string): void;
}

const none = new Uint8Array(0);
/** After a damaged answer the line is given this long to fall silent before it is given up early (ms). */
const quietAfterDamage = 60;

/** Counts on the link and settles `done` exactly once; `damage` is told what a frame with a wrong checksum held. */
export function startExchange(
  { framing, asked, link, timeout }: { framing: Framing; asked: Asked; link: Link; timeout: number },
  done: (answer: Answer) => void,
  damage: (refusal: Refusal, sample: Uint8Array) => void,
): Exchange {
  const started = performance.now();
  let bytes: Uint8Array = none;
  let damaged = false;
  let settled = false;
  let quiet: NodeJS.Timeout | undefined;

  function settle(answer: Answer): void {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    clearTimeout(quiet);
    done(answer);
  }
  function giveUp(): void {
    if (!damaged) link.lost();
    settle(damaged ? refuse(ChecksumWrong) : refuse(DeviceSilent, `no answer in ${timeout} ms`));
  }
  const timer = setTimeout(giveUp, timeout);
  link.sent();

  return {
    data(chunk) {
      if (settled) return;
      bytes = joined(bytes, chunk);
      const search = framing.findReply(bytes, asked);
      if (search.damaged && !damaged) {
        damaged = true;
        link.damaged();
        damage(refuse(ChecksumWrong), bytes);
      }
      bytes = bytes.subarray(search.keepFrom);
      clearTimeout(quiet);
      if (search.pdu === undefined) {
        if (damaged) quiet = setTimeout(giveUp, quietAfterDamage);
        return;
      }
      link.received(performance.now() - started);
      const reply = decodeReply(asked.request, search.pdu);
      if (isRefusal(reply)) damage(reply, search.pdu);
      settle(reply);
    },
    fail(reason) {
      if (settled) return;
      link.lost();
      settle(refuse(DeviceSilent, reason));
    },
  };
}
