import type { CodecSetup } from '@keystead/contracts/agent';
import { type FieldError, Problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import type { PayloadCodec } from '@keystead/terminals/port';
import type { Codecs } from '@keystead/terminals/script';

/** The configured codec scripts of the process. The sandbox is loaded with the first of them. */
export class CodecShelf {
  readonly #clock: Clock;
  #codecs: Promise<Codecs> | undefined;
  #loaded: Codecs | undefined;
  #kept = new Map<string, string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Tries each script without keeping it; what is wrong, by JSON pointer into the configuration. */
  async check(setups: readonly CodecSetup[]): Promise<FieldError[]> {
    const errors: FieldError[] = [];
    const names = new Set<string>();
    for (const [index, { name, source }] of setups.entries()) {
      if (names.has(name)) errors.push({ pointer: `/codecs/${index}/name`, code: 'duplicate-name', detail: name });
      names.add(name);
      if (this.#kept.get(name) === source) continue;
      try {
        await (await this.#open()).check(source);
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        const detail = String(cause.data.detail ?? '').slice(0, 200);
        errors.push({ pointer: `/codecs/${index}/source`, code: cause.type, detail });
      }
    }
    return errors;
  }

  /** Keeps these and no others; the next message is decoded by them, connections stay. */
  async apply(setups: readonly CodecSetup[]): Promise<void> {
    const wanted = new Map(setups.map(({ name, source }) => [name, source]));
    for (const name of this.#kept.keys()) {
      if (wanted.has(name)) continue;
      this.#loaded?.remove(name);
      this.#kept.delete(name);
    }
    for (const [name, source] of wanted) {
      if (this.#kept.get(name) === source) continue;
      await (await this.#open()).put(name, source);
      this.#kept.set(name, source);
    }
  }

  /** For `ChannelHost.codec`. */
  codec(name: string): PayloadCodec | undefined {
    return this.#loaded?.codec(name);
  }

  async close(): Promise<void> {
    await (await this.#codecs)?.close();
  }

  #open(): Promise<Codecs> {
    this.#codecs ??= import('@keystead/terminals/script').then(({ createCodecs }) => {
      this.#loaded = createCodecs(this.#clock);
      return this.#loaded;
    });
    return this.#codecs;
  }
}
