import type { Chance } from './inputs.ts';

/** One way in for bytes of strangers. It may refuse; it may not throw, hang or keep what it was given. */
export interface Decoder {
  name: string;
  /** Share of the usual number of inputs, where one takes a thread and an engine of its own. */
  share?: number;
  /** Inputs that go in one call; one unless told. */
  together?: number;
  input(chance: Chance): Uint8Array;
  /** A promise is waited for. */
  decode(bytes: Uint8Array): unknown;
  close?(): Promise<void>;
}
