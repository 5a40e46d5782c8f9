import { readJson } from '@keystead/terminals/mqtt';
import { isRefusal, Overloaded, PayloadMalformed, refuse, TopicForbidden } from '@keystead/terminals/port';
import type { GatewayCore } from './core.ts';
import type { Link, MqttSession, Settle } from './mqtt/listener.ts';
import type { Denied, Provisioned, Provisioning, ProvisionRequest } from './ports.ts';

/** The user name whoever has no credential yet connects with. */
export const provisionUser = 'provision';
export const provisionRequestTopic = '/provision/request';
export const provisionResponseTopic = '/provision/response';

const patienceMs = 30_000;
const mostRequests = 3;

const kinds: Record<string, ProvisionRequest['kind']> = {
  ACCESS_TOKEN: 'token',
  MQTT_BASIC: 'secret',
  SIGNATURE: 'signature',
};

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most && value.isWellFormed();

/** The request of ThingsBoard's firmware; undefined = not of that form. */
export function readProvisionRequest(value: unknown): ProvisionRequest | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const { deviceName, provisionDeviceKey, provisionDeviceSecret, credentialsType } = value as Record<string, unknown>;
  const kind = kinds[credentialsType === undefined ? 'ACCESS_TOKEN' : String(credentialsType)];
  if (!kind || !isText(deviceName, 64) || !isText(provisionDeviceKey, 100) || !isText(provisionDeviceSecret, 200))
    return undefined;
  return { deviceName, key: provisionDeviceKey, secret: provisionDeviceSecret, kind };
}

/** The answer in the same form; a basic credential is an object, every other one a text. */
export function provisionAnswer(given: Provisioned | Denied): Record<string, unknown> {
  if (isRefusal(given))
    return {
      status: 'FAILURE',
      provisionDeviceStatus: 'FAILURE',
      type: given.problem.type,
      errorMsg: given.detail ?? given.problem.type,
    };
  const { kind, username, value } = given;
  const credentialsType = { token: 'ACCESS_TOKEN', secret: 'MQTT_BASIC', signature: 'SIGNATURE' }[kind];
  const credentialsValue = kind === 'secret' ? { userName: username, password: value } : value;
  return { status: 'SUCCESS', provisionDeviceStatus: 'SUCCESS', credentialsType, credentialsValue };
}

/** Asks for a credential within the limits for strangers; every refusal is counted. */
export async function provision(
  core: GatewayCore,
  provisioning: Provisioning,
  request: ProvisionRequest | undefined,
  peer: string,
): Promise<Provisioned | Denied> {
  const now = core.clock.now();
  const answer = await (async (): Promise<Provisioned | Denied> => {
    if (request === undefined) return refuse(PayloadMalformed, 'not a provisioning request');
    if (core.guessing.blocked(peer, now) || !core.provisions.take(now)) return refuse(Overloaded, 'later');
    return core.turnstile.run(256, () => provisioning.provision(request, peer));
  })();
  if (!isRefusal(answer)) return answer;
  if (answer.problem.type === 'provision-key-unknown' && request)
    core.guessing.failed(peer, `${request.key} ${request.secret}`, now);
  core.refusals.count({ thing: answer.thing, peer }, answer, 'provision');
  return answer;
}

/** A connection that may ask to be registered, for half a minute, and do nothing else. */
export class ProvisioningSession implements MqttSession {
  readonly thing = undefined;
  readonly urgent = false;
  readonly #core: GatewayCore;
  readonly #provisioning: Provisioning;
  readonly #link: Link;
  readonly #peer: string;
  readonly #patience: NodeJS.Timeout;
  #requests = 0;

  constructor(core: GatewayCore, provisioning: Provisioning, peer: string, link: Link) {
    this.#core = core;
    this.#provisioning = provisioning;
    this.#peer = peer;
    this.#link = link;
    this.#patience = setTimeout(() => link.end(), patienceMs);
  }

  publish(topic: string, payload: Uint8Array, settle: Settle): void {
    if (topic !== provisionRequestTopic || ++this.#requests > mostRequests) {
      this.#core.refusals.count({ peer: this.#peer }, refuse(TopicForbidden, 'provision'), 'publish');
      settle(new Error('topic-forbidden'));
      return;
    }
    const json = readJson(payload, { bytes: 4096, depth: 4 });
    const request = 'problem' in json ? undefined : readProvisionRequest(json.value);
    provision(this.#core, this.#provisioning, request, this.#peer).then(
      (given) => {
        this.#link.send(
          { topic: provisionResponseTopic, payload: Buffer.from(JSON.stringify(provisionAnswer(given))) },
          1,
        );
        settle();
      },
      (failure: unknown) => {
        this.#core.log.error({ err: failure }, 'a device could not be registered');
        settle(new Error('commit-failed'));
      },
    );
  }

  subscribe(filter: string): boolean {
    return filter === provisionResponseTopic;
  }

  unsubscribe(): void {}

  heard(): void {}

  closed(): void {
    clearTimeout(this.#patience);
  }
}
