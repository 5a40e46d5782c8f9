import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { Clock, Log } from '@keystead/kernel/base';
import { Overloaded, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import { Aedes, type AuthenticateError, type Client, type PublishPacket, type Subscription } from 'aedes';
import type { Gate } from '../gate.ts';
import type { GatewayLimits } from '../limits.ts';
import { type ListenAt, type ListenSecurely, openServer } from '../servers.ts';
import { Connection, tooLarge } from './connection.ts';
import { Doorway } from './doorway.ts';
import type { Greet, Hello, MqttAddresses, MqttListener, MqttSession, Settle } from './listener.ts';
import { silentMessages } from './silent-messages.ts';

export interface MqttOptions {
  /** Clear text; loopback unless a network is allow-listed. */
  plain?: ListenAt;
  tls?: ListenSecurely;
}

interface Surroundings {
  greet: Greet;
  gate: Gate;
  limits: GatewayLimits;
  clock: Clock;
  log: Log;
  /** Asked before anything is read of a new connection. */
  admitConnection(): boolean;
  onRefused(connection: Connection, refusal: Refusal): void;
}

/** Return codes of CONNACK. */
const unavailable = 3;
const badCredential = 4;
const notAuthorised = 5;

function connectFailure(returnCode: number, detail: string): AuthenticateError {
  return Object.assign(new Error(detail), { returnCode });
}

const badCredentials = new Set(['credential-unknown', 'signature-wrong']);

/** CONNACK knows few reasons: a wrong credential, no right, or not now. */
function returnCodeOf(refusal: Refusal): number {
  if (refusal.problem.status >= 500) return unavailable;
  return badCredentials.has(refusal.problem.type) ? badCredential : notAuthorised;
}

/**
 * The broker on aedes. aedes does the protocol (parsing, CONNECT, SUBSCRIBE, QoS 2, keep-alive); the way of a
 * telemetry message is cut short at `authorizePublish`: the session takes it, the PUBACK is written here together with
 * the others of the same commit, and aedes goes on as if QoS 0 had come, to a matcher nobody listens to.
 */
export class AedesListener implements MqttListener {
  readonly #options: MqttOptions;
  readonly #around: Surroundings;
  readonly #servers: Server[] = [];
  readonly #connections = new Set<Connection>();
  readonly #byClient = new WeakMap<Client, Connection>();
  readonly #doorway: Doorway;
  #broker: Aedes | undefined;
  #sessions = 0;
  #ending = false;
  #keepalives: NodeJS.Timeout | undefined;

  constructor(options: MqttOptions, around: Surroundings) {
    this.#options = options;
    this.#around = around;
    this.#doorway = new Doorway({
      admits: around.admitConnection,
      enter: (socket) => this.#accept(socket),
      most: around.limits.connections,
      patience: around.limits.connectTimeoutMs,
    });
  }

  connections(): number {
    return this.#connections.size;
  }

  async listen(): Promise<MqttAddresses> {
    this.#broker = await Aedes.createBroker({
      mq: silentMessages,
      connectTimeout: this.#around.limits.connectTimeoutMs,
      drainTimeout: 30_000,
      // What a client sends right behind CONNECT waits here for the admission; the frame guard bounds its bytes.
      queueLimit: 1_000,
      maxTopicLevels: 16,
      preConnect: (client, packet, done) => {
        const connection = this.#byClient.get(client);
        if (connection) {
          connection.clientId = packet.clientId ?? '';
          connection.keepalive = packet.keepalive ?? 0;
          // Counted by the connection itself, which knows when it is we who do not read.
          packet.keepalive = 0;
        }
        // Client ids are chosen by firmware and often alike: within the broker each connection has its own. Sessions
        // are always clean; what must outlive a connection waits in the outbox of commands.
        packet.clientId = `s${++this.#sessions}`;
        packet.clean = true;
        done(null, connection !== undefined);
      },
      authenticate: (client, username, password, done) => {
        this.#greet(client, username, password).then(
          () => done(null, true),
          (failure: AuthenticateError) => done(failure, false),
        );
      },
      authorizePublish: (client, packet, done) => this.#publish(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => done(null, this.#subscribe(client, subscription)),
    });
    this.#watch(this.#broker);
    this.#keepalives = setInterval(() => {
      const now = this.#around.clock.now().getTime();
      for (const connection of this.#connections) connection.checkKeepalive(now);
    }, 1_000);
    const { plain, tls } = this.#options;
    const { limits } = this.#around;
    const addresses: MqttAddresses = {};
    if (plain)
      addresses.plain = await this.#open(
        createServer((socket) => this.#doorway.arrive(socket)),
        plain,
      );
    if (tls) {
      const server = createTlsServer(
        {
          key: tls.key,
          cert: tls.cert,
          minVersion: 'TLSv1.2',
          // Devices may show a certificate of their own making: what counts is its fingerprint in the registry.
          requestCert: true,
          rejectUnauthorized: false,
          handshakeTimeout: limits.connectTimeoutMs,
        },
        (socket) => this.#doorway.arrive(socket),
      );
      server.on('tlsClientError', (_error, socket) => socket.destroy());
      addresses.tls = await this.#open(server, tls);
    }
    return addresses;
  }

  async close(): Promise<void> {
    this.#ending = true;
    clearInterval(this.#keepalives);
    this.#doorway.close();
    const closing = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    // Acknowledgements of the last commit are written in the next turn, and leave before the end.
    await new Promise((resolve) => setImmediate(resolve));
    for (const connection of this.#connections) connection.socket.destroySoon();
    await Promise.all(closing);
    await new Promise<void>((resolve) => {
      if (this.#broker) this.#broker.close(resolve);
      else resolve();
    });
  }

  #open(server: Server, at: ListenAt): Promise<number> {
    this.#servers.push(server);
    return openServer(server, at, this.#around.limits.connections, this.#around.log);
  }

  #watch(broker: Aedes): void {
    const refused = (client: Client, error: Error & { code?: string; returnCode?: number }) => {
      const connection = this.#byClient.get(client);
      // Errors with a code are the network's or a refused CONNECT's.
      if (!connection || error.code || 'errorCode' in error || error instanceof Cut) return;
      this.#around.onRefused(connection, refuse(ProtocolViolated, error.message));
    };
    broker.on('clientError', refused);
    broker.on('connectionError', refused);
    broker.on('ping', (_packet, client) => this.#byClient.get(client)?.session?.heard());
    broker.on('unsubscribe', (filters, client) => {
      for (const filter of filters) this.#byClient.get(client)?.session?.unsubscribe(filter);
    });
    broker.setMaxListeners(0);
    (broker as NodeJS.EventEmitter).on('error', (error: Error) =>
      this.#around.log.error({ err: error }, 'mqtt broker failed'),
    );
  }

  #accept(socket: Socket): void {
    const { limits, onRefused } = this.#around;
    if (!this.#broker) {
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, this.#around, (one) => onRefused(one, tooLarge(limits)));
    this.#connections.add(connection);
    socket.once('close', () => {
      this.#connections.delete(connection);
      connection.closed(this.#ending);
    });
    connection.client = this.#broker.handle(socket);
    this.#byClient.set(connection.client, connection);
  }

  async #greet(client: Client, username: string | undefined, password: Buffer | undefined): Promise<void> {
    const connection = this.#byClient.get(client);
    if (!connection) throw connectFailure(unavailable, 'connection unknown');
    const hello: Hello = {
      clientId: connection.clientId,
      username,
      password: password === undefined || password.length === 0 ? undefined : Buffer.from(password).toString('utf8'),
      certificate: certificateOf(connection.socket),
      secure: connection.socket instanceof TLSSocket,
      peer: connection.peer,
      keepalive: connection.keepalive,
    };
    const answer = await this.#around.greet(hello, connection).catch((error: unknown) => {
      this.#around.log.error({ err: error }, 'admission failed');
      return refuse(Overloaded, 'admission failed');
    });
    if ('problem' in answer) throw connectFailure(returnCodeOf(answer), answer.problem.type);
    if (connection.socket.destroyed) {
      answer.closed(true);
      throw connectFailure(unavailable, 'gone');
    }
    connection.session = answer;
  }

  /**
   * To aedes every message is QoS 0 and done with at once, so that it reads on: what is committed first is for the
   * batcher to choose, and how much may be under way for the connection. The acknowledgement is ours.
   */
  #publish(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
    const connection = client === null ? undefined : this.#byClient.get(client);
    const session = connection?.session;
    if (!connection || !session) {
      done(new Cut('no session'));
      return;
    }
    packet.retain = false;
    if (packet.qos === 2) {
      this.#publishOnce(connection, session, packet, done);
      return;
    }
    const pending = connection.acks.add(packet.qos === 1 ? (packet.messageId ?? 0) : 0);
    packet.qos = 0;
    session.publish(packet.topic, packet.payload as Buffer, pending.settle);
    done(null);
  }

  /** QoS 2: a packet seen before and not yet released is not taken twice; aedes makes the rest of the handshake. */
  #publishOnce(
    connection: Connection,
    session: MqttSession,
    packet: PublishPacket,
    done: (error?: Error | null) => void,
  ): void {
    const pending = connection.acks.add(0);
    const settle: Settle = (failure) => {
      pending.settle(failure);
      done(failure === undefined ? null : new Cut(failure.message));
    };
    const { persistence } = this.#broker as unknown as {
      persistence: { incomingGetPacket(client: unknown, packet: unknown): Promise<unknown> };
    };
    persistence.incomingGetPacket(connection.client, packet).then(
      () => settle(),
      () => session.publish(packet.topic, packet.payload as Buffer, settle),
    );
  }

  #subscribe(client: Client, subscription: Subscription): Subscription | null {
    const session = this.#byClient.get(client)?.session;
    return session?.subscribe(subscription.topic, subscription.qos > 0 ? 1 : 0) ? subscription : null;
  }
}

/** Why we end a connection; tells our own endings from broken protocol. */
class Cut extends Error {}

const longestChain = 5;

function certificateOf(socket: Socket): Hello['certificate'] {
  if (!(socket instanceof TLSSocket)) return undefined;
  const certificate = socket.getPeerCertificate(true);
  if (!certificate?.fingerprint256) return undefined;
  const subject = Object.entries(certificate.subject ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  const chain: Buffer[] = [];
  // A root is its own issuer.
  for (let each: DetailedPeerCertificate | undefined = certificate; each?.raw && chain.length < longestChain; ) {
    chain.push(each.raw);
    each = each.issuerCertificate === each ? undefined : each.issuerCertificate;
  }
  return { fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(), subject, chain };
}
