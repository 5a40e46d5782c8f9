import { problem } from '@keystead/contracts/problem';

export interface Codec {
  readonly id: string;
  /** What channels call it by. */
  readonly name: string;
  readonly title: string;
  /** Number of the newest version. */
  readonly latest: number;
  /** Number of the version in force; null = none yet. */
  readonly published: number | null;
  readonly changedAt: Date;
  readonly changedBy: string;
}

/** A version as a list shows it; its text and samples are asked for singly. */
export interface VersionLine {
  readonly number: number;
  readonly note: string;
  readonly functions: string[];
  readonly samples: number;
  readonly writtenAt: Date;
  readonly writtenBy: string;
}

export interface Publication {
  readonly number: number;
  readonly way: 'publish' | 'roll-back';
  readonly at: Date;
  readonly by: string;
}

export class CodecMissing extends problem('codec-missing', 404) {}
export class CodecNameTaken extends problem('codec-name-taken', 409) {}
/** The text is no codec: it does not parse, defines none of the functions, or was cut while it was read. */
export class CodecSourceInvalid extends problem('codec-source-invalid', 422) {}
/** Only a version whose sample frames all give what is expected goes to devices. */
export class CodecSamplesFailed extends problem('codec-samples-failed', 422) {}
/** One can go back only to what was in force before. */
export class CodecNeverPublished extends problem('codec-never-published', 409) {}
/** Channels are configured with it; `users` tells which. */
export class CodecInUse extends problem('codec-in-use', 409) {}
/** Each organisation may keep so many, and so many versions of each. */
export class CodecsTooMany extends problem('codecs-too-many', 409) {}

export const mostCodecs = 500;
export const mostVersions = 1_000;

/** Throws CodecNeverPublished unless `number` was in force once and is not now. */
export function checkRollBack(codec: Codec, course: readonly Publication[], number: number): void {
  const before = course.some((each) => each.number === number);
  if (!before || codec.published === number) throw new CodecNeverPublished({ number });
}
