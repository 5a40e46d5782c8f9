import { problem } from '@keystead/contracts/problem';

/** An update the platform offers. */
export interface UpdateOffer {
  version: string;
  /** Where the package is; the way there is the campaign's. */
  url: string;
  bytes: number;
  /** SHA-256, hexadecimal. */
  hash: string;
  signature: string;
}

export type UpdateProgress =
  | { state: 'idle' }
  | { state: 'fetching' | 'verifying' | 'installing'; version: string; bytes: number }
  | { state: 'installed' | 'rolled-back' | 'failed'; version: string; detail?: string };

/** Brings a new version of the agent onto this machine. The campaign engine provides one; without it none is taken. */
export interface Updater {
  /** Version that runs now. */
  readonly version: string;
  offer(offer: UpdateOffer): Promise<UpdateProgress>;
  progress(): UpdateProgress;
}

export class UpdateUnsupported extends problem('update-unsupported', 501) {}

export const noUpdater = (version: string): Updater => ({
  version,
  offer: () => Promise.reject(new UpdateUnsupported()),
  progress: () => ({ state: 'idle' }),
});
