import { NotAllowed } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { InquiryMissing, ReviewMissing } from './review.ts';
import { IdText, SourceSchema, Text } from './schemas.ts';
import type { EligibilityService } from './setup.ts';

/** Authorities that are asked, and who answers for it when one is silent. */
export const sourceRoutes = ({ checks }: EligibilityService): MountedRoute[] => [
  route({
    id: 'eligibility.waiveCheck',
    at: 'POST /reviews/:id/checks/:check/waiver',
    summary: 'Answer for it that an authority is silent or contradicts',
    permission: 'eligibility:decide',
    params: Type.Object({ id: IdText, check: IdText }),
    body: Type.Object({ reason: Text(500) }),
    problems: [ReviewMissing, InquiryMissing],
    run: ({ actor, params, body }) => checks.waive(actor, params.id, params.check, body.reason),
  }),
  route({
    id: 'eligibility.sources',
    at: 'GET /sources',
    summary: 'Authorities that are asked, and where',
    permission: 'eligibility:configure',
    reply: Type.Array(Type.Object({ kind: SourceSchema, url: Type.String() })),
    run: ({ actor }) => checks.sources(actor),
  }),
  route({
    id: 'eligibility.setSource',
    at: 'PUT /sources/:kind',
    summary: 'Set where an authority answers, and the secret both sign with',
    permission: 'eligibility:configure',
    params: Type.Object({ kind: SourceSchema }),
    body: Type.Object({
      url: Type.String({ format: 'uri', pattern: '^https?://', maxLength: 500 }),
      secret: Type.String({ minLength: 16, maxLength: 200 }),
    }),
    problems: [NotAllowed],
    run: ({ actor, params, body }) => checks.setSource(actor, params.kind, body.url, body.secret),
  }),
];
