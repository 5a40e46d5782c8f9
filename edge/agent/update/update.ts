import { problem } from '@keystead/contracts/problem';

/** The package is not the one that was signed by the key of this agent; `detail` names what is wrong. */
export class UpdateRefused extends problem('update-refused', 422) {}

/** The platform has as many downloads as it wants under way. */
export class PartLater extends Error {}

/** The way to the platform while a connection lasts. */
export interface UpdateLine {
  /** A part of the package offered; rejects when it is not given, or the connection is lost. */
  part(chunk: number, size: number): Promise<Buffer>;
  report(values: Record<string, string>): Promise<void>;
}
