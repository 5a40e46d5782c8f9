import { HouseStepRefused, HouseStepUnfounded } from '@keystead/apps/housing/stock';
import {
  type Agreement,
  AgreementFixed,
  AgreementMissing,
  AgreementOverlaps,
  AgreementStepRefused,
  type AgreementsService,
  FeeChangesLater,
  SignedTextChanged,
  stepsFrom,
} from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { EditConflict, InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import { maskName } from '@keystead/data/parties';
import { PlaceMissing } from '@keystead/data/places';
import type { Db } from '@keystead/kernel/db';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { LeaseFilingRefused, LeaseNotFollowable, LeasePeriodRefused, leaseKind, ownSteps } from './lease.ts';
import * as shape from './schemas.ts';
import type { LeaseWork } from './service.ts';

const Ref = Type.Object({ id: shape.IdText });
const row = ({ organisation: _o, place: _p, kind: _k, subject, ...rest }: Agreement) => ({
  ...rest,
  house: subject,
  // Whoever lists leases sees whose they are, not who that is; the name is told for a reason (parties.names).
  parties: rest.parties.map((each) => (each.role === 'tenant' ? { ...each, name: maskName(each.name) } : each)),
});
const dated = <T extends { at: Date }>({ at, ...rest }: T) => ({ ...rest, at: at.toISOString() });

interface Parts {
  leases: LeaseWork;
  agreements: AgreementsService;
  db: Db;
}

/** Leases: signing first, again and anew, fees, filing, and what became of them. */
export function leaseRoutes({ leases, agreements, db }: Parts): MountedRoute[] {
  async function view(actor: Actor, id: string) {
    const { lease, ...agreement } = await leases.get(actor, id);
    const own: readonly string[] = ownSteps;
    const steps = stepsFrom(leaseKind, agreement.state).filter((step) => own.includes(step));
    const [digest, fees] = await Promise.all([agreements.textDigest(actor, id), agreements.fees(actor, id)]);
    return { ...row(agreement), lease, steps, digest, fees };
  }

  return [
    route({
      id: 'leases.list',
      at: 'GET /',
      summary: 'Leases, the newest first',
      permission: 'lease:read',
      query: shape.LeaseQuery,
      reply: Type.Array(shape.LeaseRow),
      run: async ({ actor, query: { state, house, ...query } }) =>
        (
          await agreements.list(actor, {
            ...query,
            kind: 'lease',
            ...(state ? { state: state.split(',') } : {}),
            ...(house ? { subject: house } : {}),
          })
        ).map(row),
    }),
    route({
      id: 'leases.get',
      at: 'GET /:id',
      summary: 'One lease with its fees, filing and the steps it may take',
      permission: 'lease:read',
      params: Ref,
      reply: shape.LeaseView,
      problems: [AgreementMissing],
      run: ({ actor, params }) => view(actor, params.id),
    }),
    route({
      id: 'leases.create',
      at: 'POST /',
      summary: 'Draft the first lease of a household for a house',
      permission: 'lease:write',
      body: shape.LeaseWishBody,
      reply: shape.LeaseRow,
      status: 201,
      problems: [InputInvalid, NotAllowed, PlaceMissing, LeasePeriodRefused],
      run: async ({ actor, body }) => row(await leases.create(actor, body)),
    }),
    route({
      id: 'leases.follow',
      at: 'POST /:id/next',
      summary: 'Renew a lease, or sign it anew for another tenant, house or wording',
      permission: 'lease:write',
      params: Ref,
      body: shape.NextLeaseBody,
      reply: shape.LeaseRow,
      status: 201,
      problems: [AgreementMissing, NotAllowed, PlaceMissing, LeasePeriodRefused, LeaseNotFollowable],
      run: async ({ actor, params, body: { kind, ...wish } }) => row(await leases.follow(actor, params.id, kind, wish)),
    }),
    route({
      id: 'leases.change',
      at: 'PATCH /:id',
      summary: 'Change the wording of a draft, or amend a lease that runs, with a reason',
      permission: 'lease:write',
      params: Ref,
      body: shape.LeaseChangeBody,
      reply: shape.LeaseRow,
      problems: [AgreementMissing, AgreementFixed, AgreementOverlaps, EditConflict, InputInvalid],
      run: async ({ actor, params, body, facts }) => row(await leases.change(actor, params.id, body, facts.version)),
    }),
    route({
      id: 'leases.step',
      at: 'POST /:id/steps',
      summary: 'Submit for signing, withdraw, end, void or archive a lease',
      permission: 'lease:write',
      params: Ref,
      body: shape.StepBody,
      reply: shape.LeaseRow,
      problems: [
        AgreementMissing,
        AgreementStepRefused,
        AgreementOverlaps,
        AgreementFixed,
        HouseStepRefused,
        HouseStepUnfounded,
        InputInvalid,
      ],
      run: async ({ actor, params, body }) => row(await leases.step(actor, params.id, body.step, body.reason)),
    }),
    route({
      id: 'leases.sign',
      at: 'POST /:id/signatures',
      summary: 'Record the signature of a party under the wording it saw',
      permission: 'lease:sign',
      params: Ref,
      body: shape.SignatureBody,
      reply: shape.LeaseRow,
      problems: [AgreementMissing, AgreementStepRefused, HouseStepRefused, SignedTextChanged],
      run: async ({ actor, params, body }) => row(await leases.sign(actor, params.id, body)),
    }),
    route({
      id: 'leases.signatures',
      at: 'GET /:id/signatures',
      summary: 'Signatures with their evidence, and whether they hold',
      permission: 'lease:read',
      params: Ref,
      reply: Type.Array(shape.SignatureView),
      problems: [AgreementMissing],
      run: async ({ actor, params }) => (await agreements.signatures(actor, params.id)).map(dated),
    }),
    route({
      id: 'leases.file',
      at: 'POST /:id/filing',
      summary: 'Note the filing of a signed lease with the authority',
      permission: 'lease:write',
      params: Ref,
      body: Type.Object({ number: Type.String({ minLength: 1, maxLength: 60 }) }),
      problems: [AgreementMissing, LeaseFilingRefused],
      run: ({ actor, params, body }) => leases.file(actor, params.id, body.number),
    }),
    route({
      id: 'leases.versions',
      at: 'GET /:id/versions',
      summary: 'Every state and wording a lease ever had',
      permission: 'lease:read',
      params: Ref,
      reply: Type.Array(shape.LeaseVersion),
      problems: [AgreementMissing],
      run: async ({ actor, params }) => (await agreements.versions(actor, params.id)).map(dated),
    }),
    route({
      id: 'leases.setFee',
      at: 'PUT /:id/fees/:subject',
      summary: 'Bind a fee to the lease, change it from a day on, or end it',
      permission: 'lease:write',
      params: Type.Object({ id: shape.IdText, subject: shape.SubjectCode }),
      body: shape.FeeBody,
      reply: shape.LeaseRow,
      problems: [AgreementMissing, AgreementFixed, FeeChangesLater, InputInvalid],
      run: async ({ actor, params, body }) =>
        row(
          await db.transaction(actor.scope, (tx) =>
            agreements.setFee(tx, actor, params.id, { ...body, subject: params.subject }),
          ),
        ),
    }),
    route({
      id: 'leases.feeChanges',
      at: 'GET /:id/fee-changes',
      summary: 'Who changed what is paid, when, from what to what, on which ground',
      permission: 'lease:read',
      params: Ref,
      reply: Type.Array(shape.FeeChangeView),
      problems: [AgreementMissing],
      run: async ({ actor, params }) => (await agreements.feeChanges(actor, params.id)).map(dated),
    }),
  ];
}
