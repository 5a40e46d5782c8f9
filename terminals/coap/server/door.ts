import { timingSafeEqual } from 'node:crypto';
import type { BlockList } from 'node:net';
import { CredentialUnknown, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import { isClear, type Known, relationKey } from '../known.ts';
import { code } from '../message/code.ts';
import type { Message } from '../message/message.ts';
import { notUnderstood, type Option, optionNumbers, optionOf, pathOf, uintOption } from '../message/option.ts';
import { readObject } from '../oscore/object.ts';
import type { Content, Peer } from '../transport/endpoint.ts';

/** A request that is known to come from a device. */
export interface Admitted {
  known: Known;
  /** What it asks, without any protection. */
  content: Content;
  /** Path behind what names the device, such as `['telemetry']`. */
  path: string[];
  /** Protects an answer or a notification like the request was. Throws `Overloaded`. */
  protect(answer: Content): Content;
}

/** A request that is turned away; `refusal` is counted. */
export interface TurnedAway {
  answer: Content;
  refusal: Refusal;
}

const away = (written: `${number}.${number}`, refusal: Refusal, options: Option[] = []): TurnedAway => ({
  answer: { code: code(written), options, payload: Buffer.from(refusal.problem.type) },
  refusal,
});

const same = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Finds out who sends: by the keys of OSCORE, or by name and secret in the path where clear CoAP is allowed. */
export class Door {
  readonly #byName: ReadonlyMap<string, Known>;
  readonly #byId: ReadonlyMap<string, Known>;
  readonly #clear: BlockList;

  constructor(devices: readonly Known[], clear: BlockList) {
    this.#clear = clear;
    this.#byName = new Map(devices.map((known) => [known.name, known]));
    this.#byId = new Map(
      devices.flatMap((known) => {
        const context = known.relation?.context;
        return context ? [[relationKey(context.recipientId, context.idContext), known] as const] : [];
      }),
    );
  }

  /** `Content` alone: the device is asked to show that its request is new. */
  admit(request: Message, peer: Peer): Admitted | TurnedAway | { answer: Content } {
    const option = optionOf(request.options, optionNumbers.oscore);
    return option ? this.#protected(request, option) : this.#inClear(request, peer);
  }

  #inClear(request: Message, peer: Peer): Admitted | TurnedAway {
    const [version, name = '', secret = '', ...path] = pathOf(request.options);
    if (version !== 'v1') return away('4.04', refuse(ProtocolViolated, 'no such path'));
    if (!isClear(this.#clear, peer.address))
      return away('4.01', refuse(CredentialUnknown, 'clear CoAP from a network that is not listed'));
    const known = this.#byName.get(name);
    // A device that is not known costs the same comparison as one that is.
    const expected = known?.at.secret ?? '-'.repeat(secret.length || 1);
    if (!same(secret, expected) || known?.at.secret === undefined)
      return away('4.01', refuse(CredentialUnknown, 'name or secret is wrong'));
    return { known, content: request, path, protect: (answer) => answer };
  }

  #protected(request: Message, option: Uint8Array): Admitted | TurnedAway | { answer: Content } {
    const object = readObject(option);
    const { kid, piv } = object ?? {};
    if (!kid || !piv) return away('4.02', refuse(ProtocolViolated, 'an OSCORE option that names nobody'));
    const known = this.#byId.get(relationKey(kid, object?.kidContext));
    const relation = known?.relation;
    const never = [uintOption(optionNumbers.maxAge, 0)];
    if (!known || !relation) return away('4.01', refuse(CredentialUnknown, 'no security context'), never);
    const opened = relation.openRequest(request.payload, piv);
    if (opened.kind === 'forged') return away('4.00', refuse(CredentialUnknown, 'decryption failed'), never);
    if (opened.kind === 'replayed') return away('4.01', refuse(CredentialUnknown, 'replay detected'), never);
    const protect = (answer: Content) => relation.answer(answer, opened.binding);
    if (opened.kind === 'stale') {
      const echo = { number: optionNumbers.echo, value: opened.challenge };
      return { answer: protect({ code: code('4.01'), options: [echo], payload: new Uint8Array(0) }) };
    }
    const { content } = opened;
    const critical = notUnderstood(content.options);
    if (critical !== undefined) {
      const payload = Buffer.from(`option ${critical}`);
      return { answer: protect({ code: code('4.02'), options: [], payload }) };
    }
    const [version, ...path] = pathOf(content.options);
    if (version === 'v1') return { known, content, path, protect };
    return { answer: protect({ code: code('4.04'), options: [], payload: new Uint8Array(0) }) };
  }
}
