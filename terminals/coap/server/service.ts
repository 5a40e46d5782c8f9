import {
  type ChannelHost,
  CodecUnknown,
  CommitFailed,
  isRefusal,
  type LinkCounter,
  NothingPending,
  Overloaded,
  type Refusal,
  refuse,
  type Uplink,
  untaken,
  uplinksOf,
} from '@keystead/terminals/port';
import { Gathering } from '../blocks/gathering.ts';
import { blockOf } from '../blocks/serving.ts';
import type { Known } from '../known.ts';
import { code, contentFormats, methods } from '../message/code.ts';
import type { Message } from '../message/message.ts';
import { type Option, optionNumbers, uintOf, uintOption } from '../message/option.ts';
import { readAttributes, readEvents, readJson, readTelemetry } from '../payload.ts';
import type { Content, Peer } from '../transport/endpoint.ts';
import type { Calls } from './calls.ts';
import type { Admitted, Door } from './door.ts';
import { Firmwares } from './firmwares.ts';
import type { Subscriptions } from './subscriptions.ts';

const none = new Uint8Array(0);
const mostBodies = 256;
const say = (written: `${number}.${number}`, options: Option[] = [], text = ''): Content => ({
  code: code(written),
  options,
  payload: text === '' ? none : Buffer.from(text),
});

/** The code a refusal is answered with; the type of the problem is the diagnostic text. */
function codeOf({ problem }: Refusal): number {
  const codes: Record<number, number> = { 401: 0x81, 403: 0x83, 404: 0x84, 413: 0x8d, 415: 0x8f, 422: 0x96, 503: 0xa3 };
  return codes[problem.status] ?? 0x80;
}

export interface ServiceUse {
  door: Door;
  calls: Calls;
  subscriptions: Subscriptions;
  links: LinkCounter;
  host: ChannelHost;
  codec: string | undefined;
}

export const resourceOf = (device: string, resource: string): string => `${device}\n${resource}`;

/** The resources devices find here: telemetry, events, attributes, rpc, and new firmware of each. */
export class Service {
  readonly #use: ServiceUse;
  readonly firmwares = new Firmwares();
  readonly #gathering = new Gathering(mostBodies);
  /** What was told last, for those who read it in blocks or without observing. */
  readonly #told = new Map<string, Content>();

  constructor(use: ServiceUse) {
    this.#use = use;
  }

  /** Answers a request; what devices sent is acknowledged (2.04) only after the host has taken it. */
  async serve(request: Message, peer: Peer): Promise<Content> {
    const admitted = this.#use.door.admit(request, peer);
    if ('refusal' in admitted) this.#refuse(admitted.refusal, request.payload);
    if ('answer' in admitted) return admitted.answer;
    const { known, content } = admitted;
    this.#use.links.received(known.name);
    try {
      const isFirmware = admitted.path.join('/') === 'firmware' && content.code === methods.get;
      if (isFirmware) return admitted.protect(await this.firmwares.read(known.name, content.options));
      const answer = await this.#answer(admitted, request, peer);
      return admitted.protect(blockOf(answer, content.options));
    } catch (cause) {
      const taken = cause instanceof Overloaded || cause instanceof CommitFailed ? cause : undefined;
      if (!taken) this.#use.host.log.error({ err: cause, device: known.name }, 'request not served');
      else this.#use.host.refuse(untaken(taken), none, known.name);
      return admitted.protect(say('5.03', [uintOption(optionNumbers.maxAge, 5)], taken?.type ?? 'commit-failed'));
    }
  }

  /** Tells those of a device who observe `resource`; true when one acknowledged. */
  tell(device: string, resource: string, value: unknown): Promise<boolean> {
    const key = resourceOf(device, resource);
    const told = {
      ...say('2.05', [uintOption(optionNumbers.contentFormat, contentFormats.json)]),
      payload: Buffer.from(JSON.stringify(value)),
    };
    this.#told.set(key, told);
    return this.#use.subscriptions.tell(key, blockOf(told, []));
  }

  observed(resource: string): boolean {
    return this.#use.subscriptions.observed(resource);
  }

  #refuse(refusal: Refusal, sample: Uint8Array, device?: string): void {
    this.#use.host.refuse(refusal, sample.subarray(0, 64), device);
  }

  async #answer(admitted: Admitted, request: Message, peer: Peer): Promise<Content> {
    const { path, content, known } = admitted;
    const [resource = '', number] = path;
    const isPost = content.code === methods.post || content.code === methods.put;
    const isRead = content.code === methods.get;
    const readable = resource === 'rpc' || resource === 'attributes' || resource === 'offer';
    if (!(readable || resource === 'telemetry' || resource === 'events') || path.length > (resource === 'rpc' ? 2 : 1))
      return say('4.04');
    if (isRead && readable && path.length === 1) return this.#read(admitted, resource, request.token, peer);
    if (!isPost || resource === 'offer' || (resource === 'rpc' && number === undefined)) return say('4.05');
    const place = `${peer.address} ${peer.port} ${known.name} ${path.join('/')} ${content.code}`;
    const body = this.#gathering.add(place, content, performance.now());
    if ('code' in body) return body;
    const refusal = await this.#take(known, resource, number, body.payload, content.options);
    if (!refusal) return say('2.04', body.options);
    this.#refuse(refusal, body.payload, known.name);
    return { code: codeOf(refusal), options: body.options, payload: Buffer.from(refusal.problem.type) };
  }

  #read(admitted: Admitted, resource: string, token: Uint8Array, peer: Peer): Content {
    const { known, content, protect } = admitted;
    const key = resourceOf(known.name, resource);
    const told = this.#told.get(key) ?? say('2.05');
    const observe = uintOf(content.options, optionNumbers.observe);
    if (observe === 1) this.#use.subscriptions.remove(key, { peer, token });
    if (observe !== 0) return told;
    this.#use.subscriptions.add(key, { peer, token: Uint8Array.from(token), protect });
    const option = uintOption(optionNumbers.observe, this.#use.subscriptions.next());
    return { ...told, options: [...told.options, option] };
  }

  /** Takes one whole body, or says why not. Rejects when the host could not keep it. */
  async #take(
    known: Known,
    resource: string,
    number: string | undefined,
    payload: Uint8Array,
    options: readonly Option[],
  ): Promise<Refusal | undefined> {
    const format = uintOf(options, optionNumbers.contentFormat) ?? contentFormats.json;
    const isText = format === contentFormats.json || format === contentFormats.text;
    if (!isText || (resource === 'telemetry' && known.at.codec !== undefined))
      return resource === 'telemetry'
        ? this.#decoded(known, payload)
        : refuse(CodecUnknown, `content format ${format}`);
    const read = readJson(payload);
    if (isRefusal(read)) return read;
    const { value } = read;
    if (resource === 'rpc')
      return this.#use.calls.answered(known.name, Number(number), value) ? undefined : refuse(NothingPending, number);
    const reader =
      { telemetry: readTelemetry, events: readEvents, attributes: readAttributes }[resource] ?? readTelemetry;
    const uplink = reader(value, known.name);
    if (isRefusal(uplink)) return uplink;
    await this.#use.host.take(uplink);
    return undefined;
  }

  /** Anything that is not JSON is for the device's codec. */
  async #decoded(known: Known, bytes: Uint8Array): Promise<Refusal | undefined> {
    const uplinks = await decodeWith(this.#use.host, known, this.#use.codec, bytes);
    if (isRefusal(uplinks)) return uplinks;
    for (const uplink of uplinks) await this.#use.host.take(uplink);
    return undefined;
  }
}

/** A payload through the codec of its device, or of the channel. */
export async function decodeWith(
  host: ChannelHost,
  { name, at }: Known,
  standard: string | undefined,
  bytes: Uint8Array,
): Promise<Uplink[] | Refusal> {
  const wanted = at.codec ?? standard ?? '';
  const codec = host.codec?.(wanted);
  if (!codec) return refuse(CodecUnknown, wanted === '' ? 'the device has no codec for its bytes' : wanted);
  const decoded = await codec.decode({ bytes, recvTime: host.clock.now().getTime(), variables: at.variables });
  return isRefusal(decoded) ? decoded : uplinksOf(decoded, () => name);
}
