import { lookup } from 'node:dns/promises';
import { DeviceRefused, DeviceSilent, ProtocolViolated } from '@keystead/terminals/port';
import { code } from '../message/code.ts';
import { optionNumbers, optionOf } from '../message/option.ts';
import type { OscoreRelation } from '../oscore/relation.ts';
import type { Content, Endpoint, Peer } from '../transport/endpoint.ts';

/** A device that is asked: where it is and how it is spoken to. */
export interface Asked {
  name: string;
  host: string;
  port: number;
  relation: OscoreRelation | undefined;
  /** Whether clear CoAP may be spoken to that address. */
  clearTo(address: string): boolean;
}

export interface Answer {
  content: Content;
  /** Orders notifications of a protected relation. */
  number?: number;
}

export interface OpenAsking {
  /** The first answer. Rejects with `DeviceSilent`, `DeviceRefused` or `ProtocolViolated`. */
  first: Promise<Answer>;
  end(): void;
}

/** Where it is now; rejects when the name has no address, or one that must not be spoken to in clear. */
export async function findPeer({ name, host, port, relation, clearTo }: Asked): Promise<Peer> {
  const { address } = await lookup(host).catch((): never => {
    throw new DeviceSilent({ device: name, detail: `no address of ${host}` });
  });
  if (!relation && !clearTo(address))
    throw new ProtocolViolated({ device: name, detail: `clear CoAP to ${address}: its network is not listed` });
  return { address, port };
}

/**
 * Asks once and keeps listening until `end`: answers after the first go to `further`. `deadline`: ms for the first one.
 */
export function openAsking(
  endpoint: Endpoint,
  peer: Peer,
  asked: Asked,
  content: Content,
  deadline: number,
  further: (answer: Answer) => void = () => undefined,
): OpenAsking {
  const { name, relation } = asked;
  let settled = false;
  let end: () => void = () => undefined;
  const first = new Promise<Answer>((resolve, reject) => {
    const sealed = relation?.request(content);
    const failed = (cause: Error) => {
      settled = true;
      clearTimeout(timer);
      end();
      reject(cause);
    };
    const timer = setTimeout(() => failed(new DeviceSilent({ device: name })), deadline);
    const open = endpoint.request(peer, sealed?.content ?? content, (message) => {
      // An answer that cannot be opened may be somebody else's: the right one may still come.
      const opened: Answer | undefined =
        relation && sealed
          ? relation.openAnswer(message, sealed.binding)
          : { content: { code: message.code, options: message.options, payload: message.payload } };
      if (!opened) {
        if (!optionOf(message.options, optionNumbers.oscore) && !settled)
          failed(new DeviceRefused({ device: name, detail: Buffer.from(message.payload).toString().slice(0, 100) }));
        return;
      }
      if (settled) return further(opened);
      settled = true;
      clearTimeout(timer);
      resolve(opened);
    });
    end = () => {
      clearTimeout(timer);
      open.end();
    };
    void open.sent.then((how) => {
      if (settled || how === 'acknowledged') return;
      failed(
        how === 'reset' ? new DeviceRefused({ device: name, detail: 'reset' }) : new DeviceSilent({ device: name }),
      );
    });
  });
  return { first, end: () => end() };
}

/** One question, one answer. A device that wants a challenge repeated (RFC 9175) is asked again with it. */
export async function ask(
  endpoint: Endpoint,
  peer: Peer,
  asked: Asked,
  content: Content,
  deadline: number,
): Promise<Content> {
  const until = performance.now() + deadline;
  const once = async (what: Content) => {
    const asking = openAsking(endpoint, peer, asked, what, Math.max(1, until - performance.now()));
    try {
      return (await asking.first).content;
    } finally {
      asking.end();
    }
  };
  const answer = await once(content);
  const echo = optionOf(answer.options, optionNumbers.echo);
  if (answer.code !== code('4.01') || !echo || optionOf(content.options, optionNumbers.echo)) return answer;
  return once({ ...content, options: [...content.options, { number: optionNumbers.echo, value: echo }] });
}
