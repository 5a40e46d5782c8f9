import type { Clock } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import { type Db, sql } from '@keystead/kernel/db';
import type { Catalogue } from '@keystead/kernel/i18n';
import { allowedTargetsOf, type Channel, channelsOf } from './channel-store.ts';
import { failed, type Outgoing, type OutgoingFile, type Sender } from './channels/sender.ts';
import { defaultLanguage } from './delivery.ts';
import { writeMessage } from './message-store.ts';
import type { CarriedText, Language } from './notice.ts';
import type { Receivers } from './receivers.ts';
import { furnish, ownTextsOf } from './rule-store.ts';
import type { Secrets } from './secrets.ts';
import { fill, textFor } from './template.ts';

/** Who a text is for: a person outside, who may have a sign-in. Contact points are used here and kept nowhere. */
export interface Addressee {
  readonly name: string;
  readonly account?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly language?: Language;
}

export interface CarriedMessage {
  /** The same over every try, so that a repetition is known for one. */
  readonly id: string;
  readonly organisation: string;
  readonly place: string;
  readonly text: CarriedText;
  readonly title: string;
  readonly detail: string;
  readonly code?: string;
  readonly about: { readonly kind: string; readonly id: string };
  readonly to: Addressee;
  /** Goes along where it goes by mail. */
  readonly files?: readonly OutgoingFile[];
}

/** What became of it, way by way; addresses are masked. */
export type Carried = { readonly way: 'in-app' | 'sms' | 'mail' } & (
  | { readonly ok: true; readonly sentTo: string }
  | { readonly ok: false; readonly error: string; readonly permanent: boolean }
);

export interface CarryingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly catalogue: Catalogue;
  readonly receivers: Receivers;
  readonly secrets: Secrets;
  readonly senders: Readonly<Record<'mail' | 'sms' | 'webhook', Sender>>;
}

/** Carries a text to one person outside the organisation: into his inbox if he has a sign-in, and by text message, else by mail (H-10.2-c). */
export function createCarrying({ db, clock, outbox, catalogue, receivers, secrets, senders }: CarryingParts) {
  /** Puts it into the inbox, once. */
  async function inbox(
    message: CarriedMessage,
    account: string,
    text: { title: string; body: string },
  ): Promise<Carried> {
    const { organisation, place, about } = message;
    await db.systemTransaction(async (tx) => {
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`carry:${message.id}`}, 0))`);
      const known = await tx.maybe(sql`
        select from notify.message where organisation = ${organisation} and receiver = ${account} and about_kind = ${about.kind}
          and about_id = ${about.id} and trigger = ${message.text} limit 1`);
      if (known) return;
      const of = { organisation, place, receiver: account, trigger: message.text, severity: 4 };
      await writeMessage(tx, outbox, { ...of, aboutKind: about.kind, aboutId: about.id }, text, clock.now());
    });
    return { way: 'in-app', ok: true, sentTo: message.to.name };
  }

  /** Never throws for what a way does; answers nothing when there is no way to the person at all. */
  return async function carry(message: CarriedMessage): Promise<Carried[]> {
    const { organisation, to } = message;
    const user = to.account ? await receivers.user(organisation, to.account) : undefined;
    const language = to.language ?? user?.language ?? defaultLanguage;
    const [own, channels] = await db.systemTransaction(async (tx) => {
      await furnish(tx, organisation, clock.now());
      return [await tx.all(ownTextsOf(organisation)), await tx.all(channelsOf(organisation))] as const;
    });
    const t = catalogue.in(language);
    const textOf = (way: Carried['way']) => {
      const text = textFor(own, message.text, way, language, t);
      const values = { title: message.title, person: to.name, code: message.code ?? '' };
      // The text itself is as long as it was written: only its frame is filled in.
      const body = text.body
        .split('{detail}')
        .map((part) => fill(part, values))
        .join(message.detail);
      return { title: fill(text.title, values).slice(0, 200), body };
    };

    async function by(way: 'sms' | 'mail', channel: Channel): Promise<Carried> {
      const outgoing: Outgoing = {
        ...{ id: message.id, organisation, trigger: message.text, phase: 'single', severity: 4 },
        ...textOf(way),
        about: message.about,
        at: clock.now(),
        ...(message.files && { files: message.files }),
      };
      const receiver = {
        ...{ id: to.account ?? '', name: to.name, language },
        ...(to.phone && { phone: to.phone }),
        ...(to.email && { email: to.email }),
      };
      const secret = secrets.open(channel.id, channel.secret);
      const allowed = (await db.systemRead(allowedTargetsOf(organisation))).map(({ target }) => target);
      const context = { channel, secret, receiver, allowed, now: clock.now() };
      return { way, ...(await senders[way](outgoing, context).catch((cause) => failed(cause, false))) };
    }

    const done: Carried[] = [];
    if (to.account) done.push(await inbox(message, to.account, textOf('in-app')));
    for (const [way, address] of [
      ['sms', to.phone],
      ['mail', to.email],
    ] as const) {
      const channel = channels.find(({ kind, enabled }) => kind === way && enabled);
      if (!address || !channel) continue;
      const went = await by(way, channel);
      done.push(went);
      if (went.ok) break;
    }
    return done;
  };
}
