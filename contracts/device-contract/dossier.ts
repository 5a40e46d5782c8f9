import { type Static, Type } from 'typebox';
import type { DeviceClass } from './device-class.ts';
import type { Gap } from './gap.ts';

const DateText = Type.String({ format: 'date' });

/** One paper that shows a device meets a standard: who certified it, when it was verified, until when, and where the file is. */
export const EvidenceItemSchema = Type.Object(
  {
    /** Such as `GA 374-2019`. */
    standard: Type.String({ minLength: 2, maxLength: 60 }),
    /** Number of the certificate or acceptance record. */
    certificate: Type.String({ minLength: 1, maxLength: 120 }),
    verifiedOn: DateText,
    /** Last day it holds; null = it does not run out. */
    validUntil: Type.Union([DateText, Type.Null()]),
    /** Id of the file among the records; null = no file yet. */
    record: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type EvidenceItem = Static<typeof EvidenceItemSchema>;

interface Wanted {
  clause: string;
  classes: readonly DeviceClass[];
  /** Any one of these is enough. */
  anyOf: readonly string[];
  /** Without it the device may not be put in service. */
  blocks?: boolean;
}

const each = (
  clause: string,
  classes: readonly DeviceClass[],
  standards: readonly string[],
  blocks = false,
): Wanted[] => standards.map((standard) => ({ clause, classes, anyOf: [standard], blocks }));

const wanted: readonly Wanted[] = [
  ...each('H-6.5-0', ['lock'], ['GB 21556.2', 'GA 374', 'GA/T 701'], true),
  ...each('H-6.2-0', ['camera'], ['GB 55029']),
  ...each('H-6.2-a', ['camera'], ['GA/T 1127']),
  ...each('H-6.3-0-1', ['fire-detector', 'gas-detector', 'fire-equipment'], ['GB 50116', 'GB 50166']),
  { clause: 'H-6.4-0', classes: ['water-meter'], anyOf: ['GB/T 778.1', 'CJ/T 224'] },
  { clause: 'H-6.4-0', classes: ['electricity-meter'], anyOf: ['GB/T 17215'] },
  { clause: 'H-6.4-0', classes: ['gas-meter'], anyOf: ['GB/T 6968', 'CJ/T 449'] },
  { clause: 'H-6.4-0', classes: ['heat-meter'], anyOf: ['GB/T 32224', 'CJ 128'] },
];

const plain = (text: string): string => text.toUpperCase().replace(/[\s_]/g, '').replace(/[—–]/g, '-');

/** Whether a paper is about a standard, whatever its year or part: `GA374-2019` is about `GA 374`. */
export function isAbout(paper: string, standard: string): boolean {
  const [given, asked] = [plain(paper), plain(standard)];
  return given === asked || given.startsWith(`${asked}-`) || given.startsWith(`${asked}.`);
}

function gapOf({ clause, anyOf }: Wanted, evidence: readonly EvidenceItem[], today: string): Gap | undefined {
  const base = { clause, subject: anyOf.join(' / '), strength: 'must' } as const;
  const papers = evidence.filter(({ standard }) => anyOf.some((asked) => isAbout(standard, asked)));
  if (papers.length === 0) return { ...base, code: 'evidence-missing' };
  const valid = papers.filter(({ validUntil }) => validUntil === null || validUntil >= today);
  if (valid.length === 0) {
    const last =
      papers
        .map(({ validUntil }) => validUntil ?? '')
        .sort()
        .at(-1) ?? '';
    return { ...base, code: 'evidence-expired', detail: last };
  }
  if (valid.every(({ record }) => record === null))
    return { ...base, code: 'evidence-file-missing', strength: 'should', detail: valid[0]?.certificate ?? '' };
  return undefined;
}

/** Papers a device of a class lacks on a day (`2026-05-01`): none, run out, or without their file. */
export const evidenceGaps = (
  deviceClass: DeviceClass | undefined,
  evidence: readonly EvidenceItem[],
  today: string,
): Gap[] =>
  wanted.flatMap((want) =>
    deviceClass !== undefined && want.classes.includes(deviceClass) ? (gapOf(want, evidence, today) ?? []) : [],
  );

/** What keeps a device out of service: a lock without one of its three certificates (H-6.5-0). */
export const serviceGaps = (
  deviceClass: DeviceClass | undefined,
  evidence: readonly EvidenceItem[],
  today: string,
): Gap[] =>
  wanted.flatMap((want) => {
    if (!want.blocks || deviceClass === undefined || !want.classes.includes(deviceClass)) return [];
    const gap = gapOf(want, evidence, today);
    return gap?.strength === 'must' ? [gap] : [];
  });
