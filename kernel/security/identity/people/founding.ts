import { newId } from '@keystead/contracts/ids';
import type { Tx } from '@keystead/kernel/db';
import type { Context } from '../context.ts';
import { noteShipped } from '../rights/shipped-store.ts';
import { addAssignment, addRole } from '../rights/store.ts';
import { templates } from '../rights/templates.ts';
import { type Account, UserNameTaken } from './account.ts';
import { type Organisation, OrganisationMissing } from './organisation.ts';
import * as store from './store.ts';

export interface Founded {
  organisation: Organisation;
  administrator: Account;
}

/** A new organisation with the roles every one begins with and its first administrator. Throws UserNameTaken. */
export async function found(
  { clock }: Context,
  tx: Tx,
  wanted: Pick<Organisation, 'kind' | 'name' | 'secondFactor'>,
  first: { userName: string; name: string; hash: string; mustChange: boolean },
): Promise<Founded> {
  const now = clock.now();
  const id = newId();
  const times = { idleMinutes: 30, absoluteMinutes: 720 };
  const organisation = await tx.one(
    store.addOrganisation({ id, ...wanted, ...times }, now),
    () => new OrganisationMissing(),
  );
  const made = new Map<string, string>();
  for (const template of templates) {
    const [role] = await tx.all(addRole(newId(), id, { ...template, denies: [] }, now));
    await tx.run(noteShipped(id, template.code, template.permissions, now));
    if (role) made.set(role.code, role.id);
  }
  const { userName, name } = first;
  const shape = { kind: 'staff' as const, phone: '', email: '', language: 'zh-CN' as const, state: 'active' as const };
  const administrator = await tx.one(
    store.addAccount({ id: newId(), organisation: id, userName, name, madeAt: now, ...shape }),
    () => new UserNameTaken({ username: userName }),
  );
  await tx.run(store.setPassword(administrator, first.hash, first.mustChange, now));
  const role = made.get('system-administrator') ?? '';
  const reach = { reach: 'organisation' as const, validFrom: null, validUntil: null };
  await addAssignment(tx, { id: newId(), organisation: id, account: administrator.id, role, ...reach }, new Map(), now);
  return { organisation, administrator };
}
