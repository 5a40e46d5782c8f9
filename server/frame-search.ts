import type { FrameExplanation, FrameReader } from '@keystead/terminals/port';

/**
 * How a reader looks at bytes: `own` finds the first frame in a capture by itself, `anchored` reads one at the start and
 * passes over what follows, `exact` wants one frame and not a byte more.
 */
export type Looking = 'own' | 'anchored' | 'exact';

export interface Sighting {
  /** Where in the capture the reader was set; its fields count from here. */
  offset: number;
  start: number;
  end: number;
  explanation: FrameExplanation;
}

/** Looks at one capture by one reader, and frames taken from one capture. */
const mostLooks = 20_000;
const mostFrames = 32;
/** Bytes of the longest frame that is searched for by its end too. */
const longest = 260;
const shortest = 5;
/** In the middle of other bytes only what is surely a frame is told: any bytes look like some frame. */
const sure = 0.6;

const isPreamble = (explanation: FrameExplanation): boolean => explanation.fields[0]?.name.en === 'Preamble';

function sightingAt(offset: number, explanation: FrameExplanation): Sighting {
  const { fields } = explanation;
  const first = isPreamble(explanation) ? fields[0]?.end : fields[0]?.start;
  const end = Math.max(0, ...fields.map((field) => field.end));
  return { offset, start: offset + (first ?? 0), end: offset + end, explanation };
}

const isSure = ({ checksum, certainty }: FrameExplanation): boolean => checksum === 'right' || certainty > sure;

/** Frames of one protocol in a capture, in their order: also glued, behind garbage, or cut short at its end. */
export function sightings(reader: FrameReader, looking: Looking, bytes: Uint8Array): Sighting[] {
  const seen: Sighting[] = [];
  let looks = 0;
  const look = (from: number, to: number): Sighting | undefined => {
    looks++;
    const explanation = reader.explain(bytes.subarray(from, to));
    return explanation && sightingAt(from, explanation);
  };
  const sureAt = (at: number): Sighting | undefined => {
    if (looking !== 'exact') return look(at, bytes.length);
    // The shortest first: after a right CRC any number of zero bytes leaves it right.
    const last = Math.min(bytes.length, at + longest);
    for (let end = at + shortest; end <= last && looks < mostLooks; end++) {
      const sighting = look(at, end);
      if (sighting && isSure(sighting.explanation)) return sighting;
    }
    return undefined;
  };

  const whole = look(0, bytes.length);
  if (whole && !isSure(whole.explanation)) seen.push(whole);
  for (let at = 0; at < bytes.length && looks < mostLooks && seen.length < mostFrames; ) {
    const sighting = sureAt(at);
    if (sighting && isSure(sighting.explanation)) {
      seen.push(sighting);
      at = Math.max(sighting.end, at + 1);
    } else if (sighting === undefined && looking === 'own') break;
    else at = Math.max(at + 1, looking === 'own' ? (sighting?.start ?? at) + 1 : 0);
  }
  return seen;
}
