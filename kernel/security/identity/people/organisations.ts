import type { Actor } from '@keystead/contracts/access';
import { EditConflict } from '@keystead/contracts/problem';
import type { Context } from '../context.ts';
import { hashPassword, makePassword } from '../credentials/password.ts';
import { announceEnded } from '../sessions/ending.ts';
import { requireFresh } from '../sessions/fresh.ts';
import { endUnenrolled } from '../sessions/store.ts';
import { found } from './founding.ts';
import { type Organisation, OrganisationMissing, OrganisationNotOperating } from './organisation.ts';
import type { OrganisationChange, OrganisationDraft, OrganisationView } from './schemas.ts';
import * as store from './store.ts';

/** One's own organisation, and for an operating body the others on the installation. */
export function createOrganisations(context: Context) {
  const { db, clock, audit } = context;

  async function own(actor: Actor): Promise<Organisation> {
    const [row] = await db.read(actor.scope, store.organisationById(actor.scope.organisation));
    if (!row) throw new OrganisationMissing();
    return row;
  }

  return {
    own: (actor: Actor): Promise<OrganisationView> => own(actor),

    /** All of the installation for the operating body, one's own for everyone else. */
    list: async (actor: Actor): Promise<OrganisationView[]> => {
      const mine = await own(actor);
      return mine.kind === 'operating-body' ? db.systemRead(store.organisations) : [mine];
    },

    /** Requiring the second factor ends the sessions of those who have none. Throws EditConflict, ConfirmationNeeded. */
    update: async (
      actor: Actor,
      change: OrganisationChange,
      version: number | undefined,
    ): Promise<OrganisationView> => {
      await requireFresh(context, actor);
      const before = await own(actor);
      if (version !== undefined && version !== before.version) throw new EditConflict({ version: before.version });
      const saved = await db.systemTransaction(async (tx) => {
        const after = await tx.one(store.saveOrganisation({ ...before, ...change }), () => new EditConflict());
        if (after.secondFactor === 'required' && before.secondFactor !== 'required') {
          const ended = await tx.all(endUnenrolled(after.id, actor.session ?? null, clock.now()));
          await announceEnded(context, tx, ended, 'second-factor-required');
        }
        const detail = { from: before, to: change };
        await audit.add(tx, actor, { action: 'organisation.update', subject: `organisation:${after.id}`, detail });
        return after;
      });
      context.forget();
      return saved;
    },

    /** Another organisation with its first administrator, whose password is in the answer once. */
    create: async (
      actor: Actor,
      draft: OrganisationDraft,
    ): Promise<{ organisation: OrganisationView; password: string }> => {
      await requireFresh(context, actor);
      if ((await own(actor)).kind !== 'operating-body') throw new OrganisationNotOperating();
      const password = makePassword();
      const hash = await hashPassword(password);
      const { kind, name, administrator: userName } = draft;
      const organisation = await db.systemTransaction(async (tx) => {
        const wanted = { kind, name, secondFactor: 'required' as const };
        const made = await found(context, tx, wanted, { userName, name: userName, hash, mustChange: true });
        const subject = `organisation:${made.organisation.id}`;
        await audit.add(tx, actor, { action: 'organisation.create', subject, detail: { ...draft } });
        return made.organisation;
      });
      return { organisation, password };
    },
  };
}

export type Organisations = ReturnType<typeof createOrganisations>;
