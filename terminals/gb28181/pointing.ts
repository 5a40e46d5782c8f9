import { setTimeout as sleep } from 'node:timers/promises';
import { DeviceRefused } from '@keystead/terminals/port';
import { writeManscdp } from './manscdp.ts';
import { moveCommand, presetCommand, readMove, readPreset } from './pan-tilt.ts';
import type { Registration } from './registrations.ts';
import type { SipMessage } from './sip.ts';

/** Sends a document to a device; resolves with the answer of the signalling. */
export type TellDevice = (to: Registration, body: Uint8Array, deadline: number) => Promise<SipMessage>;

/** Time that is left for the message that stops a movement. */
const forStop = 3_000;

/** Turns cameras: a movement is begun and stopped in one call, so that none goes on because somebody's line broke. */
export class Pointing {
  readonly #tell: TellDevice;
  #serial = 0;

  constructor(tell: TellDevice) {
    this.#tell = tell;
  }

  /** Resolves when the movement was stopped; rejects with DeviceRefused, DeviceSilent. */
  async move(to: Registration, params: unknown, deadline: number) {
    const { channel, ways, speed, lasts } = readMove(params);
    try {
      await this.#control(to, channel, moveCommand(ways, speed), deadline);
      await sleep(lasts);
    } finally {
      // Also after a silence: the first message may have come through.
      await this.#control(to, channel, moveCommand([], 0), Math.max(forStop, deadline - lasts));
    }
    return { moved: true };
  }

  async preset(to: Registration, params: unknown, deadline: number) {
    const { channel, act, number } = readPreset(params);
    await this.#control(to, channel, presetCommand(act, number), deadline);
    return { preset: number };
  }

  async #control(to: Registration, channel: string, command: string, deadline: number): Promise<void> {
    const fields = { CmdType: 'DeviceControl', SN: String(++this.#serial), DeviceID: channel, PTZCmd: command };
    const body = writeManscdp('Control', fields, '<Info><ControlPriority>5</ControlPriority></Info>');
    const { status = 500, reason } = await this.#tell(to, body, deadline);
    if (status >= 300) throw new DeviceRefused({ detail: `${status} ${reason}` });
  }
}
