import { InputInvalid, NotFound } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { AuthorityTaken } from './authorities.ts';
import { AuthorityInvalid } from './certificate-chain.ts';
import { profileFaults } from './certificate-profile.ts';
import { FamilyText, IdText, NameText } from './schemas.ts';
import type { ThingsService } from './setup.ts';
import { ModelMissing, ThingMissing, ThingOutOfReach } from './thing.ts';

const Ref = Type.Object({ id: IdText });
const TimeText = Type.String({ format: 'date-time' });

const Pem = Type.String({ minLength: 100, maxLength: 16_384 });

const Authority = Type.Object({
  id: IdText,
  name: Type.String(),
  subject: Type.String(),
  fingerprint: Type.String(),
  notAfter: TimeText,
  madeAt: TimeText,
  madeBy: Type.String(),
});

const provisionKey = {
  id: IdText,
  family: Type.String(),
  key: Type.String(),
  allowNew: Type.Boolean(),
  enabled: Type.Boolean(),
  expiresAt: TimeText,
  most: Type.Integer(),
  used: Type.Integer(),
  madeAt: TimeText,
  madeBy: Type.String(),
};

/** Where identities of devices come from: authorities of certificates, and keys of products. */
export const identityRoutes = ({ authorities, provisioning }: ThingsService): MountedRoute[] => [
  route({
    id: 'things.authorities',
    at: 'GET /authorities',
    summary: 'Authorities whose device certificates are taken',
    permission: 'thing:credential',
    reply: Type.Array(Authority),
    run: ({ actor }) => authorities.list(actor),
  }),
  route({
    id: 'things.addAuthority',
    at: 'POST /authorities',
    summary: 'Take the device certificates of an authority; it is checked before',
    permission: 'thing:credential',
    body: Type.Object({ name: NameText, pem: Pem }),
    reply: Authority,
    status: 201,
    problems: [AuthorityInvalid, AuthorityTaken, ThingOutOfReach],
    run: ({ actor, body }) => authorities.add(actor, body),
  }),
  route({
    id: 'things.endAuthority',
    at: 'DELETE /authorities/:id',
    summary: 'Take them no longer; sessions opened with them are cut',
    permission: 'thing:credential',
    params: Ref,
    status: 204,
    problems: [NotFound, ThingOutOfReach],
    run: ({ actor, params }) => authorities.end(actor, params.id),
  }),
  route({
    id: 'things.provisionKeys',
    at: 'GET /provision-keys',
    summary: 'Keys devices register themselves with; never their secrets',
    permission: 'thing:credential',
    reply: Type.Array(Type.Object(provisionKey)),
    run: ({ actor }) => provisioning.listKeys(actor),
  }),
  route({
    id: 'things.makeProvisionKey',
    at: 'POST /provision-keys',
    summary: 'Make a key for a product; its secret is in this answer and nowhere else',
    permission: 'thing:credential',
    body: Type.Object({
      family: FamilyText,
      days: Type.Integer({ minimum: 1, maximum: 3650 }),
      most: Type.Integer({ minimum: 1, maximum: 100_000 }),
      /** Shut unless said otherwise. */
      enabled: Type.Optional(Type.Boolean()),
      /** Also devices nobody entered before. */
      allowNew: Type.Optional(Type.Boolean()),
    }),
    reply: Type.Object({ ...provisionKey, secret: Type.String() }),
    status: 201,
    problems: [ModelMissing, InputInvalid, ThingOutOfReach],
    run: ({ actor, body, answer }) => {
      answer.header('cache-control', 'no-store');
      return provisioning.makeKey(actor, body);
    },
  }),
  route({
    id: 'things.openProvisionKey',
    at: 'PUT /provision-keys/:id',
    summary: 'Open or shut a key',
    permission: 'thing:credential',
    params: Ref,
    body: Type.Object({ enabled: Type.Boolean() }),
    status: 204,
    problems: [NotFound, ThingOutOfReach],
    run: ({ actor, params, body }) => provisioning.openKey(actor, params.id, body.enabled),
  }),
  route({
    id: 'things.checkCertificate',
    at: 'POST /:id/certificate-check',
    summary: 'Hold a chain of SM2 certificates, leaf first, against what the model must bring',
    permission: 'thing:credential',
    params: Ref,
    body: Type.Object({
      chain: Type.Array(Pem, { minItems: 1, maxItems: 5 }),
      roots: Type.Array(Pem, { maxItems: 20 }),
    }),
    reply: Type.Array(Type.Object({ at: Type.Integer(), fault: Type.Enum(profileFaults) })),
    problems: [ThingMissing],
    run: ({ actor, params, body }) => authorities.checkProfile(actor, params.id, body),
  }),
];
