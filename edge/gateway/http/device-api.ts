import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { NotFound, Problem } from '@keystead/contracts/problem';
import {
  readAttributes,
  readAttributesWanted,
  readCall,
  readEvents,
  readJson,
  readTelemetry,
} from '@keystead/terminals/mqtt';
import {
  CommitFailed,
  isRefusal,
  NothingPending,
  Overloaded,
  type Refusal,
  refuse,
  type Uplink,
} from '@keystead/terminals/port';
import type { GatewayCore } from '../core.ts';
import { splitReports } from '../firmware-reports.ts';
import type { PendingCommand } from '../ports.ts';
import { parcelFor, type Source } from '../reception.ts';
import { answerCall, attributesRefusal, giveAttributes, keepAttributes, keepReply, replyRefusal } from '../requests.ts';
import { answerEmpty, answerJson, answerProblem, answerRefusal } from './answers.ts';
import { readBody } from './body.ts';
import { answerFirmware } from './firmware.ts';
import { KnownTokens } from './known-tokens.ts';
import { type DeviceRequest, readRequest } from './paths.ts';
import { answerProvision, provisionPath } from './provision.ts';
import { Waiting } from './waiting.ts';

const longestWaitMs = 60_000;
const usualWaitMs = 20_000;

/** The device API over HTTP: `POST|GET /api/v1/{token}/…`; 200 only after the commit. */
export class DeviceApi {
  readonly commands: Waiting<PendingCommand>;
  readonly shared: Waiting<Record<string, unknown>>;
  readonly tokens: KnownTokens;
  readonly #core: GatewayCore;

  constructor(core: GatewayCore) {
    this.#core = core;
    this.tokens = new KnownTokens(core);
    this.commands = new Waiting(core.limits.longPolls);
    this.shared = new Waiting(core.limits.longPolls);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { provisioning } = this.#core.ports;
    if (provisioning && request.method === 'POST' && request.url === provisionPath)
      return answerProvision(this.#core, provisioning, request, response);
    const asked = readRequest(request.method ?? '', request.url ?? '');
    if (!asked) return answerProblem(response, new NotFound(), true);
    try {
      await this.#answer(asked, request, response);
    } catch (cause) {
      if (!(cause instanceof Problem)) this.#core.log.warn({ err: cause, act: asked.act }, 'device request failed');
      if (!response.headersSent) answerProblem(response, cause instanceof Problem ? cause : new CommitFailed());
    }
  }

  async #answer(asked: DeviceRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const core = this.#core;
    const peer = request.socket.remoteAddress ?? '';
    if (!core.gate.open(true)) return this.#overloaded(response);
    const source = await this.tokens.find(asked.token, peer);
    if (isRefusal(source)) return answerRefusal(response, source, [], true);
    if (!core.gate.open(source.model.urgent)) return this.#overloaded(response);
    core.contacts.heard(source.admitted.thing);
    if (asked.act === 'firmware') {
      const { admitted } = source;
      return answerFirmware(core.firmware, admitted.thing, asked.query, request, response);
    }
    if (asked.act === 'attributes-get' || asked.act === 'attributes-updates' || asked.act === 'rpc-wait') {
      return this.#tell(asked, source, response);
    }
    const body = await readBody(request, core.limits.payloadBytes);
    if (body === undefined) return;
    const where = `http ${asked.act}`;
    const refused: Refusal[] = [];
    const onRefusal = (refusal: Refusal) => {
      refused.push(refusal);
      core.refusals.count({ thing: source.admitted.thing, peer }, refusal, where, isRefusal(body) ? undefined : body);
    };
    const uplink = isRefusal(body) ? body : this.#decode(asked, body);
    if (!('kind' in uplink)) {
      onRefusal(uplink);
      return answerRefusal(response, uplink, [], isRefusal(body));
    }
    core.counters.bytes += (body as Buffer).length;
    await this.#take(uplink, source, (body as Buffer).length, response, refused, onRefusal);
  }

  #decode(asked: DeviceRequest, body: Buffer): Uplink | Refusal {
    const json = readJson(body, { bytes: this.#core.limits.payloadBytes, depth: 16 });
    if ('problem' in json) return json;
    switch (asked.act) {
      case 'telemetry':
        return readTelemetry(json.value, false);
      case 'events':
        return readEvents(json.value, false);
      case 'rpc-call':
        return readCall(json.value, 0);
      case 'rpc-reply':
        return { kind: 'reply', request: asked.request, reply: json.value };
      default:
        return readAttributes(json.value, false);
    }
  }

  async #take(
    uplink: Uplink,
    source: Source,
    bytes: number,
    response: ServerResponse,
    refused: Refusal[],
    onRefusal: (refusal: Refusal) => void,
  ): Promise<void> {
    const core = this.#core;
    const { thing } = source.admitted;
    if ('refused' in uplink) for (const refusal of uplink.refused ?? []) onRefusal(refusal);
    if (uplink.kind === 'call') {
      const answer = await answerCall(core, thing, uplink, bytes);
      return answerJson(response, answer.kind === 'reply' ? answer.reply : null);
    }
    if (uplink.kind === 'reply') {
      const refusal = replyRefusal(uplink.reply);
      if (refusal) onRefusal(refusal);
      else await keepReply(core, thing, uplink.request, uplink.reply, bytes);
    } else if (uplink.kind === 'attributes') {
      for (const set of uplink.sets) {
        const refusal = attributesRefusal(set);
        if (refusal) onRefusal(refusal);
        else await keepAttributes(core, thing, set, bytes);
      }
    } else if (uplink.kind === 'readings' || uplink.kind === 'occurrences') {
      const told = uplink.kind === 'readings' ? splitReports(uplink.readings) : undefined;
      for (const { report } of told?.reports ?? []) await core.firmware.reported(thing, report);
      const rest = told && uplink.kind === 'readings' ? { ...uplink, readings: [...told.readings] } : uplink;
      const taken = await this.#signals(rest, source, bytes, onRefusal);
      const worst = refused[0];
      if (!taken && worst && (told?.reports.length ?? 0) === 0) return answerRefusal(response, worst, refused);
    }
    const worst = refused[0];
    if (worst === undefined) return answerEmpty(response);
    if (uplink.kind === 'attributes' || uplink.kind === 'reply') return answerRefusal(response, worst, refused);
    answerJson(response, {
      refused: refused.map(({ problem, pointer, detail }) => ({ type: problem.type, pointer, detail })),
    });
  }

  /** Resolves after the commit; false when nothing of it could be taken. */
  #signals(
    uplink: Extract<Uplink, { kind: 'readings' | 'occurrences' }>,
    source: Source,
    bytes: number,
    onRefusal: (refusal: Refusal) => void,
  ): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const parcel = parcelFor(source, bytes, (failure) => {
        if (failure) reject(new CommitFailed());
        else resolve(true);
      });
      const { reception, batcher } = this.#core;
      if (uplink.kind === 'readings')
        for (const reading of uplink.readings) reception.reading(source, reading, parcel, onRefusal);
      else for (const occurrence of uplink.occurrences) reception.occurrence(source, occurrence, parcel, onRefusal);
      if (parcel.messages.length + parcel.events.length === 0) resolve(false);
      else batcher.submit(parcel);
    });
  }

  async #tell(asked: DeviceRequest, source: Source, response: ServerResponse): Promise<void> {
    const core = this.#core;
    const { thing } = source.admitted;
    if (asked.act === 'attributes-get') {
      const names = {
        clientKeys: asked.query.get('clientKeys') ?? undefined,
        sharedKeys: asked.query.get('sharedKeys') ?? undefined,
      };
      const wanted = readAttributesWanted(names, 0);
      if (!('kind' in wanted) || wanted.kind !== 'attributes-wanted') return answerRefusal(response, wanted as Refusal);
      const given = await giveAttributes(core, thing, wanted, response.socket instanceof TLSSocket);
      if (given.kind === 'attributes-given') answerJson(response, { client: given.client, shared: given.shared });
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const ms = Math.min(Number(asked.query.get('timeout') ?? usualWaitMs) || usualWaitMs, longestWaitMs);
    if (asked.act === 'attributes-updates') {
      if (this.shared.full) return this.#overloaded(response);
      const values = await this.shared.wait(thing, ms, gone.signal);
      return values ? answerJson(response, values) : answerRefusal(response, refuse(NothingPending));
    }
    if (this.commands.full) return this.#overloaded(response);
    // Whoever waits is entered before the outbox is read, so that no command passes in between.
    const coming = this.commands.wait(thing, ms, gone.signal);
    const taking = core.turnstile.run(64, () => core.ports.commands.take(thing, { limit: 1, again: false }));
    const [first] = await taking;
    if (first && !this.commands.giveOne(thing, first)) core.ports.commands.returned(thing, first.request);
    const command = await coming;
    if (!command) return answerRefusal(response, refuse(NothingPending));
    if (response.closed) core.ports.commands.returned(thing, command.request);
    else answerJson(response, { id: command.request, method: command.method, params: command.params ?? {} });
  }

  #overloaded(response: ServerResponse): void {
    this.#core.counters.overloaded++;
    answerProblem(response, new Overloaded(), true);
  }
}
