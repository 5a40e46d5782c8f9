import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, type FieldError } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql } from '@keystead/kernel/db';
import type { Audit } from '@keystead/kernel/security/audit';
import { allowedTargetsOf, type Channel, channelsOf } from './channel-store.ts';
import { readTarget } from './channels/target.ts';
import { ChannelInvalid, ChannelMissing, ChannelTaken, TargetInvalid } from './problems.ts';
import { furnish } from './rule-store.ts';
import type { Secrets } from './secrets.ts';

export type ChannelDraft = Pick<Channel, 'kind' | 'settings' | 'name' | 'enabled'> & {
  /** Left out: stays as it is; `null`: removed. */
  secret?: string | null;
};

function check(draft: ChannelDraft): void {
  const { url } = draft.settings as { url?: string };
  if (draft.kind === 'mail' || url === undefined) return;
  const errors: FieldError[] = [];
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) errors.push({ pointer: '/settings/url', code: 'url' });
  else if (parsed.username || parsed.password) errors.push({ pointer: '/settings/url', code: 'credentials' });
  if (errors.length > 0) throw new ChannelInvalid({}, errors);
}

/** A channel as it is shown: whether it has a secret, never the secret. */
const shown = ({ secret, organisation: _organisation, ...channel }: Channel) => ({
  ...channel,
  secretSet: secret !== null,
});

/** The ways out of the platform: settings, secrets, and which inner networks webhooks may reach. */
export function createChannels({
  db,
  clock,
  audit,
  secrets,
}: {
  db: Db;
  clock: Clock;
  audit: Audit;
  secrets: Secrets;
}) {
  return {
    channels: (actor: Actor) =>
      db.transaction(actor.scope, async (tx) => {
        await furnish(tx, actor.scope.organisation, clock.now());
        return (await tx.all(channelsOf(actor.scope.organisation))).map(shown);
      }),

    /** Throws ChannelInvalid, ChannelTaken (an organisation has one mail and one text-message channel). */
    addChannel: (actor: Actor, draft: ChannelDraft) =>
      db.transaction(actor.scope, async (tx) => {
        check(draft);
        const { organisation } = actor.scope;
        await furnish(tx, organisation, clock.now());
        const existing = await tx.all(channelsOf(organisation));
        if (draft.kind !== 'webhook' && existing.some((each) => each.kind === draft.kind))
          throw new ChannelTaken({ kind: draft.kind });
        const id = newId();
        await tx.run(sql`
          insert into notify.channel (id, organisation, kind, name, enabled, settings, secret, version, changed_at)
          values (${id}, ${organisation}, ${draft.kind}, ${draft.name}, ${draft.enabled}, ${JSON.stringify(draft.settings)},
            ${draft.secret ? secrets.seal(id, draft.secret) : null}, 1, ${clock.now()})`);
        await audit.add(tx, actor, {
          action: 'notify-channel.add',
          subject: `notify-channel:${id}`,
          detail: { kind: draft.kind, settings: draft.settings, enabled: draft.enabled },
        });
        return { id };
      }),

    /** Throws ChannelMissing, ChannelInvalid, EditConflict. The kind stays. */
    editChannel: (actor: Actor, id: string, version: number | undefined, draft: ChannelDraft) =>
      db.transaction(actor.scope, async (tx) => {
        check(draft);
        const found = await tx.one(
          sql<{ version: number; kind: string }>`select version, kind from notify.channel where id = ${id} for update`,
          () => new ChannelMissing({ id }),
        );
        if (found.version !== version) throw new EditConflict({ id, version: found.version });
        if (found.kind !== draft.kind) throw new ChannelInvalid({}, [{ pointer: '/kind', code: 'fixed' }]);
        await tx.run(sql`
          update notify.channel set name = ${draft.name}, enabled = ${draft.enabled}, settings = ${JSON.stringify(draft.settings)},
            changed_at = ${clock.now()}, version = version + 1 where id = ${id}`);
        if (draft.secret !== undefined)
          await tx.run(
            sql`update notify.channel set secret = ${draft.secret === null ? null : secrets.seal(id, draft.secret)} where id = ${id}`,
          );
        await audit.add(tx, actor, {
          action: 'notify-channel.edit',
          subject: `notify-channel:${id}`,
          detail: { settings: draft.settings, enabled: draft.enabled, secretChanged: draft.secret !== undefined },
        });
      }),

    removeChannel: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        if ((await tx.run(sql`delete from notify.channel where id = ${id}`)) === 0) throw new ChannelMissing({ id });
        await audit.add(tx, actor, { action: 'notify-channel.remove', subject: `notify-channel:${id}` });
      }),

    allowedTargets: async (actor: Actor): Promise<string[]> =>
      (await db.read(actor.scope, allowedTargetsOf(actor.scope.organisation))).map((each) => each.target),

    /** Replaces the list of inner addresses webhooks may go to. Throws TargetInvalid naming each bad entry. */
    setAllowedTargets: (actor: Actor, targets: readonly string[]) =>
      db.transaction(actor.scope, async (tx) => {
        const errors = targets.flatMap((target, index) =>
          readTarget(target) ? [] : [{ pointer: `/targets/${index}`, code: 'address', detail: target }],
        );
        if (errors.length > 0) throw new TargetInvalid({}, errors);
        const { organisation } = actor.scope;
        await tx.run(sql`delete from notify.allowed_target where organisation = ${organisation}`);
        for (const target of new Set(targets))
          await tx.run(
            sql`insert into notify.allowed_target (organisation, target) values (${organisation}, ${target})`,
          );
        await audit.add(tx, actor, {
          action: 'notify-target.set',
          subject: `organisation:${organisation}`,
          detail: { targets: [...targets] },
        });
      }),
  };
}

export type Channels = ReturnType<typeof createChannels>;
