import type { ChannelHost } from './channel.ts';
import type { LinkCounter } from './links.ts';

/** What was told of devices last, so that the same is not told again. What could not be kept is told with the next try. */
export class ToldOnce {
  readonly #host: Pick<ChannelHost, 'take'>;
  readonly #links: Pick<LinkCounter, 'up' | 'broke'>;
  readonly #attributes = new Map<string, string>();
  readonly #there = new Map<string, boolean>();

  constructor(host: Pick<ChannelHost, 'take'>, links: Pick<LinkCounter, 'up' | 'broke'>) {
    this.#host = host;
    this.#links = links;
  }

  /** What a device is, when it is something else than before. */
  async attributes(device: string, values: Record<string, unknown>): Promise<void> {
    const text = JSON.stringify(values);
    if (this.#attributes.get(device) === text) return;
    await this.#host.take({ kind: 'attributes', sets: [{ device, values }] });
    this.#attributes.set(device, text);
  }

  /** That a device came or went; undefined: nobody has said. */
  async presence(device: string, isThere: boolean | undefined): Promise<void> {
    if (isThere === undefined || this.#there.get(device) === isThere) return;
    await this.#host.take({ kind: isThere ? 'connect' : 'disconnect', device });
    this.#there.set(device, isThere);
    if (isThere) this.#links.up(device);
    else this.#links.broke(device);
  }
}
