import type { Actor, OrganisationId } from '@keystead/contracts/access';
import type { Context } from '../context.ts';
import { isWaived } from '../people/organisation.ts';
import { combine, isPrivileged } from '../rights/permission.ts';
import { subtreesOf } from '../rights/reach.ts';
import { type SessionStatus, statusOf } from './session.ts';
import type { Holder } from './store.ts';

export const permissionsOf = (context: Context, holder: Holder): Set<string> =>
  combine(holder.grants, context.permissions());

/** What a session of this holder may be, once the second factor was shown or not; `byCode`: opened without a password. */
export function sessionStatus(
  context: Context,
  holder: Holder,
  { shown, byCode }: { shown: boolean; byCode: boolean },
): SessionStatus {
  return statusOf({
    enrolled: holder.enrolled,
    mustHaveFactor: holder.kind === 'staff' || isPrivileged(permissionsOf(context, holder)),
    waived: isWaived(holder, context.settings),
    mustChangePassword: holder.mustChange && !byCode,
    shown,
  });
}

/** The actor of a holder: with a session that is not active yet, one who may do nothing. */
export function actorOf(
  context: Context,
  holder: Holder,
  session: { id: string; status: SessionStatus } | undefined,
  from: string | undefined,
): Actor {
  const ready = session === undefined || session.status === 'active';
  return {
    kind: 'user',
    id: holder.account,
    name: holder.name,
    scope: { organisation: holder.organisation as OrganisationId, subtrees: ready ? subtreesOf(holder.grants) : [] },
    permissions: ready ? permissionsOf(context, holder) : new Set(),
    ...(session ? { session: session.id } : {}),
    ...(from === undefined ? {} : { from }),
  };
}
