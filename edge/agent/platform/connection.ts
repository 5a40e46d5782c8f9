import { isObject, topics } from '@keystead/terminals/mqtt';
import type { MqttClient } from 'mqtt';
import { PartLater, UpdateRefused } from '../update/update.ts';

const callMs = 10_000;

/** One connection while it lasts. */
export class Connection {
  readonly #client: MqttClient;
  readonly #answers = new Map<string, (value: unknown) => void>();
  readonly #lost: Promise<never>;
  #failed: (cause: Error) => void = () => {};
  #lastRequest = 0;
  #partAsked: string | undefined;
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

  /** A part of the firmware offered to the agent; rejects with the platform's word when it is not given. */
  async part(chunk: number, size: number): Promise<Buffer> {
    const request = ++this.#lastRequest;
    const topic = topics.firmwareResponse(request, chunk);
    this.#partAsked = topic;
    const answer = this.#answerOn(topic);
    await this.publish(topics.firmwareRequest(request, chunk), String(size));
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
  take(topic: string, value: unknown): boolean {
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
