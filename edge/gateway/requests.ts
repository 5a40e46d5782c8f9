import { Problem } from '@keystead/contracts/problem';
import {
  type AttributeSet,
  type Downlink,
  PayloadMalformed,
  type Refusal,
  refuse,
  type Uplink,
  ValueWrongType,
} from '@keystead/terminals/port';
import type { GatewayCore } from './core.ts';
import { unkeepable } from './reception.ts';

type Wanted = Extract<Uplink, { kind: 'attributes-wanted' }>;
type Call = Extract<Uplink, { kind: 'call' }>;

const mostAttributes = 256;
const longestName = 128;

/** Why a set of client attributes cannot be kept, if so. */
export function attributesRefusal(set: AttributeSet): Refusal | undefined {
  const names = Object.keys(set.values);
  if (names.length > mostAttributes)
    return refuse(PayloadMalformed, `at most ${mostAttributes} attributes`, '', set.device);
  const long = names.find((name) => name.length === 0 || name.length > longestName);
  if (long !== undefined) return refuse(PayloadMalformed, 'name of an attribute too long or empty', '', set.device);
  const unkept = unkeepable(set.values);
  return unkept === undefined ? undefined : refuse(ValueWrongType, unkept, '', set.device);
}

/** Commits client attributes of one thing. */
export function keepAttributes(core: GatewayCore, thing: number, set: AttributeSet, bytes: number): Promise<void> {
  return core.turnstile.run(bytes, () =>
    core.ports.attributes.put(thing, set.values, core.clock.now().getTime() * 1000),
  );
}

/** Name of the shared attribute a device is told its next credential under. */
export const freshAttribute = 'credential';

/** The credential that waits for a thing, when the line is fit to tell it. */
export async function freshCredential(core: GatewayCore, thing: number, secure: boolean): Promise<object | undefined> {
  const { fresh } = core.ports.attributes;
  return secure && fresh ? core.turnstile.run(64, () => fresh(thing)) : undefined;
}

/** `secure`: over TLS. */
export async function giveAttributes(
  core: GatewayCore,
  thing: number,
  wanted: Wanted,
  secure: boolean,
): Promise<Downlink> {
  const { request, device, single, client, shared } = wanted;
  const given = await core.turnstile.run(256, () => core.ports.attributes.get(thing, { client, shared }));
  const asked = shared === undefined || shared.includes(freshAttribute);
  const fresh = asked ? await freshCredential(core, thing, secure) : undefined;
  if (fresh) given.shared = { ...given.shared, [freshAttribute]: fresh };
  return { kind: 'attributes-given', request, device, single, ...given };
}

/** The answer to a device's own call; a refused one is answered with its problem type. */
export async function answerCall(core: GatewayCore, thing: number, call: Call, bytes: number): Promise<Downlink> {
  try {
    const reply = await core.turnstile.run(bytes, () => core.ports.commands.asked(thing, call.method, call.params));
    return { kind: 'reply', request: call.request, reply };
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    return { kind: 'reply', request: call.request, reply: { error: { type: cause.type } } };
  }
}

/** Why a reply cannot be kept, if so. */
export function replyRefusal(reply: unknown, device?: string): Refusal | undefined {
  const unkept = unkeepable(reply);
  return unkept === undefined ? undefined : refuse(ValueWrongType, unkept, '', device);
}

export function keepReply(
  core: GatewayCore,
  thing: number,
  request: number,
  reply: unknown,
  bytes: number,
): Promise<void> {
  return core.turnstile.run(bytes, () => core.ports.commands.answered(thing, request, reply));
}
