import { optionNumbers, uintOption } from '../message/option.ts';
import type { Content, Endpoint, Peer } from '../transport/endpoint.ts';

interface Subscriber {
  peer: Peer;
  token: Uint8Array;
  protect(answer: Content): Content;
}

const mostEach = 4;

/** Who observes what is told to one device (RFC 7641 §4). The newest registrations are kept, four of a device. */
export class Subscriptions {
  readonly #endpoint: () => Endpoint;
  readonly #byResource = new Map<string, Map<string, Subscriber>>();
  #sequence = 0;

  constructor(endpoint: () => Endpoint) {
    this.#endpoint = endpoint;
  }

  /** Number of the option for the answer or notification that leaves now. */
  next(): number {
    this.#sequence = (this.#sequence + 1) & 0xffffff;
    return this.#sequence;
  }

  add(resource: string, subscriber: Subscriber): void {
    const subscribers = this.#byResource.get(resource) ?? new Map<string, Subscriber>();
    this.#byResource.set(resource, subscribers);
    const key = keyOf(subscriber);
    subscribers.delete(key);
    subscribers.set(key, subscriber);
    const [oldest] = subscribers.keys();
    if (subscribers.size > mostEach && oldest !== undefined) subscribers.delete(oldest);
  }

  remove(resource: string, subscriber: { peer: Peer; token: Uint8Array }): void {
    this.#byResource.get(resource)?.delete(keyOf(subscriber));
  }

  observed(resource: string): boolean {
    return (this.#byResource.get(resource)?.size ?? 0) > 0;
  }

  /** Tells all who observe; true when one acknowledged. Who refuses or is silent observes no longer. */
  async tell(resource: string, content: Content): Promise<boolean> {
    const subscribers = this.#byResource.get(resource) ?? new Map<string, Subscriber>();
    const options = [...content.options, uintOption(optionNumbers.observe, this.next())];
    const told = await Promise.all(
      [...subscribers].map(async ([key, { peer, token, protect }]) => {
        const how = await this.#endpoint().confirm(peer, token, protect({ ...content, options }));
        if (how !== 'acknowledged' && subscribers.get(key)?.token === token) subscribers.delete(key);
        return how === 'acknowledged';
      }),
    );
    return told.includes(true);
  }
}

const keyOf = ({ peer, token }: { peer: Peer; token: Uint8Array }): string =>
  `${peer.address} ${peer.port} ${Buffer.from(token).toString('hex')}`;
