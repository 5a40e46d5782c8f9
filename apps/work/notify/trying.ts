import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid } from '@keystead/contracts/problem';
import type { Audit } from '@keystead/kernel/security/audit';
import { allowedTargetsOf, type Channel, channelsOf } from './channel-store.ts';
import { failed } from './channels/sender.ts';
import type { Language } from './notice.ts';
import { ChannelMissing } from './problems.ts';
import { masked } from './receivers.ts';
import type { SendingParts } from './sending.ts';
import { fill, instant, textFor } from './template.ts';

/** What stands in the way, as far as it tells a person what to do. */
export const obstacles = [
  'inner-address',
  'signature',
  'refused',
  'redirected',
  'busy',
  'unknown-name',
  'unreachable',
  'certificate',
  'login',
  'other',
] as const;
export type Obstacle = (typeof obstacles)[number];

const signs: readonly (readonly [RegExp, Obstacle])[] = [
  [/^target-refused/, 'inner-address'],
  [/^HTTP (401|403)/, 'signature'],
  [/^HTTP (408|429|5)/, 'busy'],
  [/^HTTP 3/, 'redirected'],
  [/^HTTP 4/, 'refused'],
  [/ENOTFOUND|EAI_AGAIN|getaddrinfo/, 'unknown-name'],
  [/certificate|self.signed|SSL|TLS/i, 'certificate'],
  [/EAUTH|\b535\b|Invalid login/i, 'login'],
  [/ECONN|EHOST|ENET|timeout|timed out|aborted|socket hang up/i, 'unreachable'],
];

/** The obstacle behind the words of a failure. */
export const obstacleIn = (error: string): Obstacle => signs.find(([sign]) => sign.test(error))?.[1] ?? 'other';

export interface Tried {
  readonly ok: boolean;
  /** Masked. */
  readonly sentTo: string;
  /** The demonstration carrier keeps what others would send. */
  readonly kept: boolean;
  readonly obstacle?: Obstacle;
  /** In the words of whoever refused. */
  readonly error?: string;
}

const addresses: Readonly<Record<Channel['kind'], RegExp | undefined>> = {
  sms: /^\+?[0-9]{6,20}$/,
  mail: /^[^\s@]+@[^\s@]+$/,
  webhook: undefined,
};

type Parts = Pick<SendingParts, 'db' | 'clock' | 'catalogue' | 'secrets' | 'senders'> & { audit: Audit };

/** One test text by a channel as it is saved, on or off, so that whoever sets it up sees at once whether it goes. */
export const createTrying = ({ db, clock, catalogue, secrets, senders, audit }: Parts) => ({
  /** `to`: a number or an address; a webhook needs none. Throws ChannelMissing, InputInvalid. */
  tryChannel: async (actor: Actor, id: string, to: string, language: Language): Promise<Tried> => {
    const { organisation } = actor.scope;
    const channel = (await db.read(actor.scope, channelsOf(organisation))).find((each) => each.id === id);
    if (!channel) throw new ChannelMissing({ id });
    if (addresses[channel.kind]?.test(to) === false)
      throw new InputInvalid({ in: 'body' }, [{ pointer: '/to', code: channel.kind === 'sms' ? 'phone' : 'email' }]);
    const now = clock.now();
    const text = textFor([], 'trial', channel.kind, language, catalogue.in(language));
    const values = { person: actor.name, time: instant(now, language) };
    const message = {
      ...{ id: newId(), organisation, trigger: 'trial', phase: 'single', severity: 4 },
      ...{ title: fill(text.title, values), body: fill(text.body, values) },
      ...{ about: { kind: 'notify-channel', id }, at: now },
    };
    const contact = channel.kind === 'mail' ? { email: to } : { phone: to };
    const receiver = channel.kind === 'webhook' ? undefined : { id: actor.id, name: actor.name, language, ...contact };
    const allowed = (await db.read(actor.scope, allowedTargetsOf(organisation))).map(({ target }) => target);
    const secret = secrets.open(channel.id, channel.secret);
    const result = await senders[channel.kind](message, { channel, secret, receiver, allowed, now }).catch(
      (cause: unknown) => failed(cause, false),
    );
    const sentTo = channel.kind === 'webhook' ? channel.settings.url : masked(to);
    const detail = { to: sentTo, ok: result.ok };
    await db.transaction(actor.scope, (tx) =>
      audit.add(tx, actor, { action: 'notify-channel.try', subject: `notify-channel:${id}`, detail }),
    );
    const kept = channel.kind === 'sms' && channel.settings.provider === 'log';
    if (result.ok) return { ok: true, sentTo, kept };
    return { ok: false, sentTo, kept, obstacle: obstacleIn(result.error), error: result.error.slice(0, 300) };
  },
});
