import { isJsonObject, MethodUnknown } from '@keystead/terminals/port';
import { command } from './frame.ts';
import { objectKind } from './objects.ts';

/** What can be asked of a transmitter, and which word of it is the answer. */
export interface Question {
  command: number;
  data: Uint8Array;
  /** `confirm`: the other side's confirmation of this very frame; else an object of this kind (with this bit set). */
  answer: 'confirm' | { kind: number; when?: string };
}

const minutesOf = (params: unknown) => {
  const minutes = isJsonObject(params) ? params.minutes : undefined;
  return typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= 1 && minutes <= 255 ? minutes : 10;
};

/**
 * `dutyCheck {minutes}`: somebody at the controller must press a button (查岗); `synchronizeClock`; `readState`.
 * Initialising a transmitter is not offered: it would forget what the building's fire controller has to say.
 */
export function questionOf(method: string, params: unknown, clock: Uint8Array): Question {
  switch (method) {
    case 'dutyCheck':
      return {
        command: command.control,
        data: Uint8Array.of(91, 1, minutesOf(params)),
        answer: { kind: objectKind.transmitterOperation, when: 'dutyAnswer' },
      };
    case 'synchronizeClock':
      return { command: command.control, data: Uint8Array.of(90, 1, ...clock), answer: 'confirm' };
    case 'readState':
      return { command: command.request, data: Uint8Array.of(81, 1, 0), answer: { kind: objectKind.transmitter } };
    default:
      throw new MethodUnknown({ method });
  }
}
