import { problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';

/** The platform has no method of this name; the same stable type the terminal layer refuses with. */
export class MethodUnknown extends problem('method-unknown', 400) {}

export interface PendingCall {
  thing: number;
  request: number;
  method: string;
  params: unknown;
}

/**
 * Calls between platform and devices until commands have a module of their own: nothing awaits a device, and of a
 * device's own calls only the question for the time is answered.
 */
export const createCalls = (clock: Clock) => ({
  pending: async (_thing: number): Promise<PendingCall[]> => [],
  onCommand:
    (_listen: (call: PendingCall) => void): (() => void) =>
    () => {},
  sent: (_thing: number, _request: number): void => {},
  answered: async (_thing: number, _request: number, _reply: unknown): Promise<void> => {},
  asked: async (_thing: number, method: string, _params: unknown): Promise<unknown> => {
    if (method === 'getCurrentTime') return { time: clock.now().getTime() };
    throw new MethodUnknown({ method });
  },
});
