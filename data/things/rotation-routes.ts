import { NotFound } from '@keystead/contracts/problem';
import { type MountedRoute, route } from '@keystead/kernel/http';
import { Type } from 'typebox';
import { credentialKinds } from './credential.ts';
import { deliveries, mostRotated, NothingToRotate, RotationTooLarge, rotationStates } from './rotation.ts';
import { FamilyText, IdText, Nullable } from './schemas.ts';
import type { ThingsService } from './setup.ts';

const TimeText = Type.String({ format: 'date-time' });

/** Renewing the secrets of many things. */
export const rotationRoutes = ({ rotation }: ThingsService): MountedRoute[] => [
  route({
    id: 'things.rotate',
    at: 'POST /credentials/rotation',
    summary: 'Put a fresh secret beside the old one of many things; the old one ends with the first use or the window',
    permission: 'thing:credential',
    body: Type.Object({
      /** All of the actor's area when absent. */
      ids: Type.Optional(Type.Array(IdText, { minItems: 1, maxItems: mostRotated })),
      family: Type.Optional(FamilyText),
      days: Type.Integer({ minimum: 1, maximum: 90 }),
      delivery: Type.Enum(deliveries),
    }),
    reply: Type.Object({
      id: IdText,
      until: TimeText,
      things: Type.Array(
        Type.Object({
          id: IdText,
          code: Type.String(),
          kind: Type.Enum(credentialKinds),
          username: Nullable(Type.String()),
          value: Nullable(Type.String()),
        }),
      ),
    }),
    status: 201,
    problems: [NothingToRotate, RotationTooLarge],
    run: ({ actor, body, answer }) => {
      answer.header('cache-control', 'no-store');
      return rotation.start(actor, body);
    },
  }),
  route({
    id: 'things.rotations',
    at: 'GET /credentials/rotation',
    summary: 'Rotations and how far they are, the newest first',
    permission: 'thing:credential',
    reply: Type.Array(
      Type.Object({
        id: IdText,
        delivery: Type.Enum(deliveries),
        until: TimeText,
        madeAt: TimeText,
        madeBy: Type.String(),
        total: Type.Integer(),
        delivered: Type.Integer(),
        done: Type.Integer(),
        lapsed: Type.Integer(),
      }),
    ),
    run: ({ actor }) => rotation.list(actor),
  }),
  route({
    id: 'things.rotationItems',
    at: 'GET /credentials/rotation/:id',
    summary: 'How far each thing of a rotation is',
    permission: 'thing:credential',
    params: Type.Object({ id: IdText }),
    reply: Type.Array(
      Type.Object({
        thingId: IdText,
        code: Type.String(),
        state: Type.Enum(rotationStates),
        deliveredAt: Nullable(TimeText),
        endedAt: Nullable(TimeText),
      }),
    ),
    problems: [NotFound],
    run: ({ actor, params }) => rotation.items(actor, params.id),
  }),
];
