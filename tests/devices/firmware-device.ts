import { createHash, createPublicKey, verify } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FirmwareOffer, firmwareStatement, readOffer } from '@keystead/contracts/firmware';
import { connectAsync, type MqttClient } from 'mqtt';

export interface FirmwareDeviceOptions {
  url: string;
  token: string;
  /** PEM of the key pinned in the device. */
  publicKey: string;
  version: string;
  title: string;
  /** Offsets at which its power is cut, once each. */
  cuts?: number[];
  /** Bits changed in its memory on the way, once. */
  flips?: number;
  /** Whether it works with a version. */
  works?: (version: string) => boolean;
}

/** What survives a power cut. */
interface Flash {
  version: string;
  download: { offer: FirmwareOffer; bytes: Buffer } | undefined;
}

const partSize = 4096;
const patienceMs = 8_000;

class PowerCut extends Error {}

/** A device in software that takes updates in ThingsBoard's form, with a flash that survives what its power does not. */
export class FirmwareDevice {
  readonly flash: Flash;
  readonly served: number[] = [];
  cutsHad = 0;
  readonly #options: FirmwareDeviceOptions;
  readonly #cuts: Set<number>;
  #flips: number;
  #client: MqttClient | undefined;
  #over = false;
  #busy: Promise<void> = Promise.resolve();
  #request = 0;
  readonly #waiting = new Map<string, (bytes: Buffer) => void>();

  constructor(options: FirmwareDeviceOptions) {
    this.#options = options;
    this.flash = { version: options.version, download: undefined };
    this.#cuts = new Set(options.cuts ?? []);
    this.#flips = options.flips ?? 0;
  }

  async start(): Promise<void> {
    const client = await connectAsync(this.#options.url, {
      username: this.#options.token,
      protocolVersion: 4,
      reconnectPeriod: 0,
      keepalive: 30,
    });
    this.#client = client;
    client.on('error', () => {});
    client.on('message', (topic, payload) => this.#take(topic, payload));
    await client.subscribeAsync(
      ['v1/devices/me/attributes', 'v1/devices/me/attributes/response/+', 'v2/fw/response/+/chunk/+', 'v2/fw/error'],
      { qos: 1 },
    );
    await this.#say({});
    await client.publishAsync('v1/devices/me/attributes/request/1', JSON.stringify({ sharedKeys: '' }), { qos: 1 });
  }

  async stop(): Promise<void> {
    this.#over = true;
    await this.#client?.endAsync(true);
    await this.#busy;
  }

  #take(topic: string, payload: Buffer): void {
    const waiter = this.#waiting.get(topic);
    if (waiter) {
      this.#waiting.delete(topic);
      waiter(payload);
    } else if (topic.startsWith('v1/devices/me/attributes')) {
      const given = JSON.parse(payload.toString());
      const offer = readOffer(given.shared ?? given);
      if (offer) this.#consider(offer);
    }
  }

  /** One at a time; a power cut begins everything anew with what is in the flash. */
  #consider(offer: FirmwareOffer): void {
    this.#busy = this.#busy.then(async () => {
      if (this.#over || offer.version === this.flash.version) return;
      try {
        await this.#update(offer);
      } catch (cause) {
        if (this.#over) return;
        if (!(cause instanceof PowerCut)) throw cause;
        await sleep(50);
        void this.start();
      }
    });
  }

  async #update(offer: FirmwareOffer): Promise<void> {
    const { flash } = this;
    const { publicKey, title, works = () => true } = this.#options;
    if (flash.download?.offer.hash !== offer.hash) flash.download = { offer, bytes: Buffer.alloc(0) };
    await this.#say({ fw_state: 'DOWNLOADING' });
    await this.#download(offer, flash.download);
    await this.#say({ fw_state: 'DOWNLOADED' });
    const { bytes } = flash.download;
    const hash = createHash('sha256').update(bytes).digest('hex');
    const signed = Buffer.from(firmwareStatement({ ...offer, size: bytes.length, hash }));
    flash.download = undefined;
    if (hash !== offer.hash) return this.#say({ fw_state: 'FAILED', fw_error: 'hash-mismatch' });
    if (!verify(null, signed, createPublicKey(publicKey), Buffer.from(offer.signature, 'base64')))
      return this.#say({ fw_state: 'FAILED', fw_error: 'signature-wrong' });
    await this.#say({ fw_state: 'VERIFIED' });
    await this.#say({ fw_state: 'UPDATING' });
    if (!works(offer.version)) return this.#say({ fw_state: 'ROLLED_BACK', fw_error: 'health-check: does not start' });
    flash.version = offer.version;
    await this.#say({ current_fw_title: title, fw_state: 'UPDATED' });
  }

  async #download({ size }: FirmwareOffer, download: { bytes: Buffer }): Promise<void> {
    for (;;) {
      const at = download.bytes.length;
      if (at >= size) return;
      const cut = [...this.#cuts].find((each) => at >= each);
      if (cut !== undefined) {
        this.#cuts.delete(cut);
        this.cutsHad++;
        this.#client?.stream.destroy();
        throw new PowerCut();
      }
      const part = await this.#part(Math.floor(at / partSize));
      this.served.push(at);
      if (this.#flips > 0 && part.length > 10) {
        this.#flips--;
        part[10] = (part[10] ?? 0) ^ 1;
      }
      download.bytes = Buffer.concat([download.bytes, part]);
    }
  }

  /** Asks until it comes: the platform may have as many downloads as it wants at one time. */
  async #part(chunk: number): Promise<Buffer> {
    for (let tries = 0; tries < 200; tries++) {
      const request = ++this.#request;
      const topic = `v2/fw/response/${request}/chunk/${chunk}`;
      const answer = new Promise<Buffer | undefined>((resolve) => {
        const done = (bytes: Buffer | undefined) => {
          clearTimeout(timer);
          this.#waiting.delete(topic);
          this.#waiting.delete('v2/fw/error');
          resolve(bytes);
        };
        const timer = setTimeout(done, patienceMs, undefined);
        this.#waiting.set(topic, done);
        this.#waiting.set('v2/fw/error', () => done(undefined));
      });
      await this.#publish(`v2/fw/request/${request}/chunk/${chunk}`, String(partSize));
      const bytes = await answer;
      if (bytes) return Buffer.from(bytes);
      await sleep(250);
    }
    throw new Error('no part came');
  }

  #say(more: Record<string, string>): Promise<void> {
    const { title } = this.#options;
    const values = { current_fw_title: title, current_fw_version: this.flash.version, ...more };
    return this.#publish('v1/devices/me/telemetry', JSON.stringify(values));
  }

  async #publish(topic: string, payload: string): Promise<void> {
    if (this.#over) throw new Error('stopped');
    await this.#client?.publishAsync(topic, payload, { qos: 1 });
  }
}
