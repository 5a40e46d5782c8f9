import type { AcceptedEvent, AcceptedMessage } from '@keystead/contracts/telemetry';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { CredentialRevoked, CredentialUnknown, DeviceNotListed, MethodUnknown, refuse } from '@keystead/terminals/port';
import type {
  Admitted,
  AttributesGiven,
  CommittedRange,
  Credential,
  Denied,
  GatewayPorts,
  Heard,
  Misbehaviour,
  PendingCommand,
  RefusalRow,
} from '../ports.ts';

const wordOf = (credential: Credential): string => {
  if (credential.kind === 'token') return `token:${credential.token}`;
  if (credential.kind === 'signature') return `signature:${credential.code}`;
  return credential.kind === 'secret'
    ? `secret:${credential.username}:${credential.password}`
    : `certificate:${credential.fingerprint}`;
};

/** The whole set of ports kept in memory: a whitelist that can change, an intake whose commits can be held up. */
export class MemoryPorts {
  readonly messages: AcceptedMessage[] = [];
  readonly events: AcceptedEvent[] = [];
  readonly batches: { messages: AcceptedMessage[]; events: AcceptedEvent[] }[] = [];
  readonly refusals: RefusalRow[] = [];
  readonly findings: Misbehaviour[] = [];
  readonly heard: Heard[] = [];
  readonly presence: string[] = [];
  readonly client = new Map<number, Record<string, unknown>>();
  readonly shared = new Map<number, Record<string, unknown>>();
  readonly outbox: PendingCommand[] = [];
  readonly sent: string[] = [];
  readonly answers: { thing: number; request: number; reply: unknown }[] = [];
  /** What the platform answers when devices ask, by method. */
  readonly methods = new Map<string, (thing: number, params: unknown) => unknown>([
    ['echo', (thing, params) => ({ thing, params })],
  ]);
  readonly ranges: CommittedRange[] = [];
  admissions = 0;
  /** Commits that fail before one succeeds. */
  failures = 0;
  readonly #listed = new Map<string, Admitted>();
  readonly #revoked = new Set<number>();
  readonly #children = new Map<string, Admitted>();
  #held: Promise<void> | undefined;
  #release: (() => void) | undefined;
  #onRevoked: ((thing: number) => void) | undefined;
  #reach: Parameters<GatewayPorts['commands']['onCommand']>[0] | undefined;
  #onShared: ((thing: number, values: Record<string, unknown>) => void) | undefined;

  list(credential: Credential, thing: number, model: ThingModel, isGateway = false): Admitted {
    const admitted = admittedOf(thing, model, isGateway);
    this.#listed.set(wordOf(credential), admitted);
    return admitted;
  }

  listBehind(gateway: number, name: string, thing: number, model: ThingModel): void {
    this.#children.set(`${gateway}/${name}`, admittedOf(thing, model, false));
  }

  revoke(thing: number): void {
    this.#revoked.add(thing);
    this.#onRevoked?.(thing);
  }

  /** No commit ends until `release`. */
  hold(): void {
    this.#held = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release(): void {
    this.#release?.();
    this.#held = undefined;
  }

  command(command: PendingCommand): void {
    if (this.#reach?.command(command)) this.sent.push(`${command.thing}/${command.request}`);
    else this.outbox.push(command);
  }

  share(thing: number, values: Record<string, unknown>): void {
    this.shared.set(thing, { ...this.shared.get(thing), ...values });
    this.#onShared?.(thing, values);
  }

  /** Sums of refusals by type. */
  refused(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { type, count } of this.refusals) sums[type] = (sums[type] ?? 0) + count;
    return sums;
  }

  #decide(admitted: Admitted | undefined): Admitted | Denied {
    if (admitted === undefined) return refuse(CredentialUnknown);
    return this.#revoked.has(admitted.thing) ? { ...refuse(CredentialRevoked), thing: admitted.thing } : admitted;
  }

  readonly ports: GatewayPorts = {
    admission: {
      admit: async (credential) => {
        this.admissions++;
        return this.#decide(this.#listed.get(wordOf(credential)));
      },
      child: async (gateway, name) => {
        this.admissions++;
        const child = this.#children.get(`${gateway.thing}/${name}`);
        return child === undefined ? refuse(DeviceNotListed) : this.#decide(child);
      },
      onRevoked: (listen) => {
        this.#onRevoked = listen;
        return () => {
          this.#onRevoked = undefined;
        };
      },
      misbehaved: (report) => this.findings.push(report),
    },
    intake: {
      accept: async (messages, events, _received, ranges) => {
        if (this.#held) await this.#held;
        if (this.failures > 0) {
          this.failures--;
          throw new Error('no database');
        }
        this.batches.push({ messages, events });
        this.messages.push(...messages);
        this.events.push(...events);
        this.ranges.push(...ranges);
        return { batch: this.batches.length };
      },
    },
    contact: {
      heard: (rows) => this.heard.push(...rows),
      connected: (thing) => this.presence.push(`+${thing}`),
      disconnected: (thing) => this.presence.push(`-${thing}`),
    },
    attributes: {
      get: async (thing, wanted): Promise<AttributesGiven> => ({
        client: pick(this.client.get(thing), wanted.client),
        shared: pick(this.shared.get(thing), wanted.shared),
      }),
      put: async (thing, values) => {
        this.client.set(thing, { ...this.client.get(thing), ...values });
      },
      onShared: (listen) => {
        this.#onShared = listen;
        return () => {
          this.#onShared = undefined;
        };
      },
    },
    commands: {
      take: async (thing, { limit }) => {
        const taken = this.outbox.filter((command) => command.thing === thing).slice(0, limit);
        for (const command of taken) {
          this.outbox.splice(this.outbox.indexOf(command), 1);
          this.sent.push(`${command.thing}/${command.request}`);
        }
        return taken;
      },
      onCommand: (reach) => {
        this.#reach = reach;
        return () => {
          this.#reach = undefined;
        };
      },
      returned: (thing, request) => {
        this.sent.splice(this.sent.indexOf(`${thing}/${request}`), 1);
      },
      answered: async (thing, request, reply) => {
        this.answers.push({ thing, request, reply });
      },
      asked: async (thing, method, params) => {
        const answer = this.methods.get(method);
        if (answer === undefined) throw new MethodUnknown();
        return answer(thing, params);
      },
    },
    ranges: {
      known: async (agent, log) => this.ranges.filter((range) => range.agent === agent && range.log === log),
      committed: async (range) => {
        this.ranges.push(range);
      },
    },
    refusals: { flush: (rows) => this.refusals.push(...rows) },
  };
}

function pick(values: Record<string, unknown> = {}, names?: string[]): Record<string, unknown> {
  return names === undefined
    ? values
    : Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

function admittedOf(thing: number, model: ThingModel, isGateway: boolean): Admitted {
  return {
    thing,
    id: `thing-${thing}`,
    code: `T${thing}`,
    organisation: 'o',
    model,
    isGateway,
    whitelist: 1,
  };
}
