import type { ChannelHost } from './channel.ts';
import type { LinkCounter } from './links.ts';
import { CommitFailed, Overloaded, type Refusal, refuse } from './refusal.ts';

/** Bytes of what was refused that are shown to people. */
const sampleMost = 64;

export type Refuse = (refusal: Refusal, bytes: Uint8Array, device?: string) => void;

interface Refusing {
  host: Pick<ChannelHost, 'refuse'>;
  links: Pick<LinkCounter, 'damaged'>;
}

/** Counts what was not taken as damage of the device's link; of the line's, where nobody knows whose it was. */
export const refusingOnLine =
  ({ host, links }: Refusing): Refuse =>
  (refusal, bytes, device) => {
    links.damaged(device ?? '');
    host.refuse(refusal, bytes.subarray(0, sampleMost), device);
  };

/** The same where a line is shared with others: what is nobody's is no damage of the line. */
export const refusingOfDevices =
  ({ host, links }: Refusing): Refuse =>
  (refusal, bytes, device) => {
    if (device !== undefined) links.damaged(device);
    host.refuse(refusal, bytes.subarray(0, sampleMost), device);
  };

/** How something the host did not keep is counted. */
export const untaken = (cause: unknown): Refusal => refuse(cause instanceof Overloaded ? Overloaded : CommitFailed);
