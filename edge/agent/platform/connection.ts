import { isObject, topics } from '@keystead/terminals/mqtt';
import type { MqttClient } from 'mqtt';
import { PartLater, UpdateRefused } from '../update/update.ts';

const callMs = 10_000;
const nothing = (): void => {};
/** Answers about devices behind the agent come on one topic, with the number inside. */
const childAnswer = (request: number): string => `${topics.gatewayAttributesResponse} ${request}`;

/** One connection while it lasts. */
export class Connection {
  readonly #client: MqttClient;
  readonly #answers = new Map<string, (value: unknown) => void>();
  readonly #lost: Promise<never>;
  #failed: (cause: Error) => void = () => {};
  #lastRequest = 0;
  #partAsked: string | undefined;
  #lastPart: Promise<void> = Promise.resolve();
  isOver = false;

  constructor(client: MqttClient) {
    this.#client = client;
    this.#lost = new Promise<never>((_, reject) => {
      this.#failed = reject;
    });
    // Whoever waits races against this; when nobody does, it is no failure of its own.
    this.#lost.catch(() => {});
  }

  /** Publishes with QoS 1; resolves with the acknowledgement, which means committed. */
  publish(topic: string, payload: Buffer | string): Promise<void> {
    const sent = new Promise<void>((resolve, reject) => {
      this.#client.publish(topic, payload, { qos: 1 }, (failure) => (failure ? reject(failure) : resolve()));
    });
    return Promise.race([sent, this.#lost]);
  }

  /** Asks the platform; resolves with its answer. */
  async call(method: string, params: unknown): Promise<unknown> {
    const request = ++this.#lastRequest;
    const answer = this.#answerOn(topics.rpcResponse(request));
    await this.publish(topics.rpcRequest(request), JSON.stringify({ method, params }));
    return answer;
  }

  /** Shared attributes of the agent. */
  async shared(keys: readonly string[]): Promise<Record<string, unknown>> {
    const request = ++this.#lastRequest;
    const answer = this.#answerOn(topics.attributesResponse(request));
    await this.publish(`v1/devices/me/attributes/request/${request}`, JSON.stringify({ sharedKeys: keys.join(',') }));
    const given = await answer;
    return isObject(given) && isObject(given.shared) ? given.shared : {};
  }

  /** Shared attributes of a device behind the agent. */
  async sharedOf(device: string, keys: readonly string[]): Promise<Record<string, unknown>> {
    const id = ++this.#lastRequest;
    const answer = this.#answerOn(childAnswer(id));
    await this.publish('v1/gateway/attributes/request', JSON.stringify({ id, device, client: false, keys }));
    const given = await answer;
    return isObject(given) && isObject(given.values) ? given.values : {};
  }

  /**
   * A part of the firmware offered to the agent, or to a device behind it; rejects with the platform's word when it is not
   * given. One is asked for at a time, because a refusal does not say of which.
   */
  part(chunk: number, size: number, device?: string): Promise<Buffer> {
    const before = this.#lastPart;
    const own = before.then(() => this.#part(chunk, size, device));
    this.#lastPart = own.then(nothing, nothing);
    return own;
  }

  async #part(chunk: number, size: number, device: string | undefined): Promise<Buffer> {
    const request = ++this.#lastRequest;
    const topic = topics.firmwareResponse(request, chunk);
    this.#partAsked = topic;
    const answer = this.#answerOn(topic);
    const [asked, payload] =
      device === undefined
        ? [topics.firmwareRequest(request, chunk), String(size)]
        : [topics.gatewayFirmwareRequest(request, chunk), JSON.stringify({ device, size })];
    await this.publish(asked, payload);
    const given = await answer;
    if (Buffer.isBuffer(given)) return given;
    if (given === 'firmware-busy' || given === 'too-many-requests' || given === 'commit-failed')
      throw new PartLater(given);
    throw new UpdateRefused({ detail: String(given) });
  }

  /** Takes what came on the topics of firmware: a part, or why there is none. */
  takeFirmware(topic: string, payload: Buffer): void {
    if (topic !== topics.firmwareError) this.take(topic, payload);
    else if (this.#partAsked !== undefined) this.take(this.#partAsked, payload.toString('latin1').slice(0, 60));
  }

  /** True when the message was an answer somebody waited for. */
  take(on: string, value: unknown): boolean {
    const isChild = on === topics.gatewayAttributesResponse && isObject(value) && typeof value.id === 'number';
    const topic = isChild ? childAnswer(Number(value.id)) : on;
    const answer = this.#answers.get(topic);
    this.#answers.delete(topic);
    answer?.(value);
    return answer !== undefined;
  }

  over(reason: string): void {
    this.isOver = true;
    this.#failed(new Error(reason));
    this.#answers.clear();
  }

  /** Waits for a message on a topic. Who asks may fail to ask first: then nobody looks at this failure. */
  #answerOn(topic: string): Promise<unknown> {
    const answer = this.#awaitOn(topic);
    answer.catch(() => {});
    return answer;
  }

  async #awaitOn(topic: string): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the platform did not answer')), callMs);
    });
    const answer = new Promise<unknown>((resolve) => this.#answers.set(topic, resolve));
    try {
      return await Promise.race([answer, late, this.#lost]);
    } finally {
      clearTimeout(timer);
      this.#answers.delete(topic);
    }
  }
}
