import { sdk } from '../../shell/sdk.ts';
import type { CaseFile } from './queries.ts';

type EvidenceKind = Parameters<typeof sdk.cases.addEvidence>[0]['body']['kind'];

const kinds: readonly [RegExp, EvidenceKind][] = [
  [/^image\//, 'photo'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
];

export const kindOfFile = (mediaType: string): EvidenceKind =>
  kinds.find(([form]) => form.test(mediaType))?.[1] ?? 'document';

/** Photos may show people and homes: they are kept as personal data, and so is everything else from the site. */
const storeLevel = 3;
const retentionYears = 5;

/** Puts a file into the records and hangs it on the case. Answers the case as it then is. */
export async function addEvidence(file: CaseFile, chosen: File, note: string | undefined): Promise<CaseFile> {
  const mediaType = chosen.type || 'application/octet-stream';
  const record = await sdk.records.put({
    query: {
      name: chosen.name,
      mediaType,
      subject: `case:${file.id}`,
      storeLevel,
      retentionYears,
      ...(file.placeId ? { place: file.placeId } : {}),
    },
    body: chosen,
  });
  return sdk.cases.addEvidence({
    params: { id: file.id },
    body: {
      record: record.id,
      kind: kindOfFile(mediaType),
      sha256: record.hash,
      takenAt: new Date(chosen.lastModified).toISOString(),
      ...(note ? { note } : {}),
    },
  });
}

/** The file itself; that it was looked at is journaled with the case's code as purpose. */
export const openEvidence = (file: CaseFile, record: string): Promise<unknown> =>
  sdk.records.open({ params: { id: record }, query: { purpose: file.code } });
