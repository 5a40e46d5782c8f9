import type { MqttMessage } from '@keystead/terminals/mqtt';
import type { Denied } from '../ports.ts';

/** What a client said in CONNECT, and what is known of where it came from. */
export interface Hello {
  clientId: string;
  username?: string;
  password?: string;
  /** Of the TLS handshake, when the client showed one. */
  certificate?: { fingerprint: string; subject: string; chain: readonly Buffer[] };
  /** Over TLS. */
  secure: boolean;
  /** Remote address without port. */
  peer: string;
  /** Seconds; 0 = none. */
  keepalive: number;
}

/** The connection as a session sees it. */
export interface Link {
  /** `qos` 1 is delivered at least once while the connection lasts. */
  send(message: MqttMessage, qos: 0 | 1): void;
  /** Ends the connection at once; `closed` of the session follows. */
  end(): void;
}

/** The fate of one published message: settled without an error it is acknowledged, with one the connection ends. */
export type Settle = (failure?: Error) => void;

/** One admitted client, as a broker sees it. */
export interface MqttSession {
  /** Dense number of the thing it belongs to; undefined for one that asks to be registered. */
  readonly thing: number | undefined;
  /** Knows level 3: is read up to the reserve and let in first. */
  readonly urgent: boolean;
  publish(topic: string, payload: Uint8Array, settle: Settle): void;
  /** False = the broker answers the filter with failure (0x80). */
  subscribe(filter: string, qos: 0 | 1): boolean;
  unsubscribe(filter: string): void;
  /** The client gave a sign of life without data. */
  heard(): void;
  /** `broken`: without DISCONNECT, and not because the platform itself ends. */
  closed(broken: boolean): void;
}

/** Decides about a client; called once a connection. */
export type Greet = (hello: Hello, link: Link) => Promise<MqttSession | Denied>;

export interface MqttAddresses {
  plain?: number;
  tls?: number;
}

/**
 * An MQTT 3.1.1 broker that knows no topics between clients: each message goes to the client's session and is
 * acknowledged in the order of arrival when the session settles it. Another broker can take this place.
 */
export interface MqttListener {
  /** Starts to listen; resolves with the ports. */
  listen(): Promise<MqttAddresses>;
  connections(): number;
  /** Accepts nobody any more, ends every connection. */
  close(): Promise<void>;
}
