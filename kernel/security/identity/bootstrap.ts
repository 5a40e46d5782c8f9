import { type Actor, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { Tx } from '@keystead/kernel/db';
import type { Context } from './context.ts';
import { hashPassword, makePassword } from './credentials/password.ts';
import { keyHash } from './keys/key.ts';
import { addKey, livingKey, reviveKey, revokeOthers } from './keys/store.ts';
import { found } from './people/founding.ts';
import { operatingBody } from './people/store.ts';
import { shipRoles } from './rights/shipping.ts';
import { firstAdministrator } from './rights/store.ts';

export interface FirstAdministrator {
  organisation: string;
  username: string;
  /** Set when it was made just now; shown once and stored nowhere. */
  password?: string;
}

export interface BootstrapOptions {
  /** The demo organisation waives the second factor while every listener is loopback. */
  demo: boolean;
  /** A key for the process that plays the demo community; the one of an earlier start is void. */
  demoKey?: string;
}

const adminName = 'admin';
const standardKey = { permissions: null, reach: 'organisation' as const, perMinute: 100_000, expiresAt: null };

/**
 * Makes the first organisation and its administrator when there are none, gives every organisation the roles of this
 * version, and brings the keys of the settings up to date.
 * Run at each start; what is there stays. Without ADMIN_PASSWORD a password is made; outside the demo it must be changed.
 */
export async function bootstrap(context: Context, { demo, demoKey }: BootstrapOptions): Promise<FirstAdministrator> {
  const { db, clock, audit, settings } = context;

  async function begin(): Promise<FirstAdministrator> {
    const [there] = await db.systemRead(operatingBody);
    if (there) {
      const [first] = await db.systemRead(firstAdministrator(there.id, clock.now()));
      return { organisation: there.id, username: first?.userName ?? adminName };
    }
    const password = settings.ADMIN_PASSWORD ?? makePassword();
    const made = settings.ADMIN_PASSWORD === undefined;
    const hash = await hashPassword(password);
    return db.systemTransaction(async (tx) => {
      const wanted = {
        kind: 'operating-body' as const,
        name: demo ? '安枢示范住房运营中心' : '运营机构',
        secondFactor: demo ? ('waived-while-loopback' as const) : ('required' as const),
      };
      const first = { userName: adminName, name: '系统管理员', hash, mustChange: made && !demo };
      const { organisation, administrator } = await found(context, tx, wanted, first);
      const actor = systemActor('bootstrap', organisation.id as OrganisationId);
      const subject = `organisation:${organisation.id}`;
      await audit.add(tx, actor, { action: 'organisation.create', subject, detail: { ...wanted } });
      await audit.add(tx, actor, {
        action: 'user.create',
        subject: `user:${administrator.id}`,
        detail: { username: adminName },
      });
      return { organisation: organisation.id, username: adminName, ...(made ? { password } : {}) };
    });
  }

  async function keep(tx: Tx, actor: Actor, account: string, name: string, text: string | undefined): Promise<void> {
    const now = clock.now();
    const hash = text === undefined ? null : keyHash(text);
    await tx.run(revokeOthers(account, name, hash, now));
    if (hash === null) return;
    const [known] = await tx.all(livingKey(hash));
    if (known && known.revokedAt === null) return;
    if (known) await tx.run(reviveKey(known.id, account, name));
    else {
      const { organisation } = actor.scope;
      await addKey(tx, { id: newId(), organisation, account, name, hash, ...standardKey }, new Map(), now);
    }
    await audit.add(tx, actor, { action: 'key.create', subject: `user:${account}`, detail: { name } });
  }

  const first = await begin();
  await shipRoles(context);
  const [administrator] = await db.systemRead(firstAdministrator(first.organisation, clock.now()));
  if (administrator) {
    const actor = systemActor('bootstrap', first.organisation as OrganisationId);
    await db.systemTransaction(async (tx) => {
      await keep(tx, actor, administrator.id, 'ADMIN_API_KEY', settings.ADMIN_API_KEY);
      await keep(tx, actor, administrator.id, 'demo community', demo ? demoKey : undefined);
    });
  }
  return first;
}
