import { problem } from '@keystead/contracts/problem';
import type { UpdateLine } from './update/update.ts';

export type UpdateProgress =
  | { state: 'idle' }
  | { state: 'fetching' | 'verifying' | 'installing'; version: string; bytes: number }
  | { state: 'installed' | 'failed'; version: string; detail?: string };

/** Brings a new version of the agent onto this machine; without one none is taken. */
export interface Updater {
  /** Version that runs now. */
  readonly version: string;
  /** Looks at shared attributes; takes up what is offered in them. Never rejects. */
  consider(values: Record<string, unknown>, line: UpdateLine): Promise<void>;
  /** The platform was reached: this version does what it is for. */
  well(line: UpdateLine): Promise<void>;
  progress(): UpdateProgress;
}

/** Updates come as packages of a campaign, not by call. */
export class UpdateUnsupported extends problem('update-unsupported', 501) {}

/** Says what runs, and takes nothing. */
export const noUpdater = (version: string): Updater => ({
  version,
  consider: () => Promise.resolve(),
  well: (line) => line.report({ current_fw_title: 'edge-agent', current_fw_version: version }),
  progress: () => ({ state: 'idle' }),
});
