import type { Actor } from '@keystead/contracts/access';
import { NotAllowed } from '@keystead/contracts/problem';
import { PartMissing, PartOutOfStock } from '@keystead/data/things';
import { type MountedRoute, route } from '@keystead/kernel/http';
import type { CasesService } from './cases.ts';
import { CommentBody, CostBody, EvidenceBody, ItemBody, LinkBody, RatingBody, TickBody } from './entry-schemas.ts';
import { CaseEnded, CaseFull, CaseMissing, ItemMissing, LinkRefused, RatingRefused } from './problems.ts';
import { CaseRef, CaseView, ItemRef } from './schemas.ts';
import { viewOf } from './views.ts';

/**
 * What hangs on a case: each answers with the whole file, so that a page shows what it became. Comments and evidence
 * come from requesters and workers alike, so the service asks for either right.
 */
export function entryRoutes(cases: CasesService): MountedRoute[] {
  const problems = [CaseMissing, CaseEnded, CaseFull];
  const after = async (actor: Actor, id: string, done: Promise<void>) => {
    await done;
    return viewOf(await cases.get(actor, id));
  };
  return [
    route({
      id: 'cases.comment',
      at: 'POST /:id/comments',
      summary: 'Say something in the case, to all or among colleagues',
      permission: 'case:read',
      params: CaseRef,
      body: CommentBody,
      reply: CaseView,
      status: 201,
      problems: [...problems, NotAllowed],
      run: ({ actor, params, body }) =>
        after(actor, params.id, cases.comment(actor, params.id, body.text, body.internal)),
    }),
    route({
      id: 'cases.addItem',
      at: 'POST /:id/items',
      summary: 'Add a checklist item',
      permission: 'case:handle',
      params: CaseRef,
      body: ItemBody,
      reply: CaseView,
      status: 201,
      problems,
      run: ({ actor, params, body }) =>
        after(actor, params.id, cases.addItem(actor, params.id, body.text, body.required)),
    }),
    route({
      id: 'cases.tick',
      at: 'PUT /:id/items/:item',
      summary: 'Tick a checklist item off, or open it again',
      permission: 'case:handle',
      params: ItemRef,
      body: TickBody,
      reply: CaseView,
      problems: [...problems, ItemMissing],
      run: ({ actor, params, body }) =>
        after(actor, params.id, cases.tick(actor, params.id, params.item, body.done, body.note)),
    }),
    route({
      id: 'cases.addEvidence',
      at: 'POST /:id/evidence',
      summary: 'Attach an uploaded record as evidence',
      permission: 'case:read',
      params: CaseRef,
      body: EvidenceBody,
      reply: CaseView,
      status: 201,
      problems: [...problems, NotAllowed],
      run: ({ actor, params, body: { takenAt, ...body } }) =>
        after(
          actor,
          params.id,
          cases.addEvidence(actor, params.id, { ...body, takenAt: takenAt ? new Date(takenAt) : undefined }),
        ),
    }),
    route({
      id: 'cases.addCost',
      at: 'POST /:id/costs',
      summary: 'Book a part, labour or other cost (minor units); a part of the stock is taken from it',
      permission: 'case:handle',
      params: CaseRef,
      body: CostBody,
      reply: CaseView,
      status: 201,
      problems: [...problems, PartMissing, PartOutOfStock],
      run: ({ actor, params, body }) => after(actor, params.id, cases.addCost(actor, params.id, body)),
    }),
    route({
      id: 'cases.link',
      at: 'POST /:id/links',
      summary: 'Link to another case',
      permission: 'case:write',
      params: CaseRef,
      body: LinkBody,
      reply: CaseView,
      status: 201,
      problems: [...problems, LinkRefused],
      run: ({ actor, params, body }) =>
        after(actor, params.id, cases.link(actor, params.id, body.relation, body.target)),
    }),
    route({
      id: 'cases.unlink',
      at: 'DELETE /:id/links',
      summary: 'Take a link away',
      permission: 'case:write',
      params: CaseRef,
      query: LinkBody,
      reply: CaseView,
      problems,
      run: ({ actor, params, query }) =>
        after(actor, params.id, cases.unlink(actor, params.id, query.relation, query.target)),
    }),
    route({
      id: 'cases.rate',
      at: 'PUT /:id/rating',
      summary: 'Rate the work, 1 to 5',
      permission: 'case:write',
      params: CaseRef,
      body: RatingBody,
      reply: CaseView,
      problems: [CaseMissing, RatingRefused],
      run: ({ actor, params, body }) => after(actor, params.id, cases.rate(actor, params.id, body.rating, body.note)),
    }),
  ];
}
