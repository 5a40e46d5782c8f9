/** Everything in the gateway that could grow has its bound here. */
export interface GatewayLimits {
  /** Bytes of one message or request body. */
  payloadBytes: number;
  /** Messages and bytes waiting for a commit before ordinary senders are no longer read. */
  queueMessages: number;
  queueBytes: number;
  /** Factor on both marks for senders whose model knows level 3 (`H-8.2-b`). */
  urgentReserve: number;
  /** Messages in one commit. */
  batchMessages: number;
  /** Milliseconds a message may wait for company before the commit begins. */
  gatherMs: number;
  /** Commits under way at one time. */
  lanes: number;
  /** Tries of one commit, and the first pause between them in ms (doubled each time). */
  commitTries: number;
  commitPauseMs: number;
  connections: number;
  /** Connections a second from everybody together; twice as many in a burst. */
  connectsPerSecond: number;
  /** Refused credentials a minute from one address, after which it is not asked again for a while. */
  failuresPerMinute: number;
  /** Requests to be registered a second, from everybody together; twice as many in a burst. */
  provisionsPerSecond: number;
  /** Milliseconds until CONNECT, or the end of the TLS handshake, must have arrived. */
  connectTimeoutMs: number;
  /** Unacknowledged messages of one session before it is no longer read. */
  inflight: number;
  /** Devices behind one gateway session. */
  children: number;
  /** Wholly refused messages in a row that end a session. */
  garbageInARow: number;
  /** Things whose last values and times are remembered. */
  things: number;
  /** Requests outside the telemetry path (attributes, calls, admissions of children) at one time. */
  requests: number;
  /** Different (thing, problem) pairs gathered in a second; more are counted together. */
  refusals: number;
  /** Milliseconds between two reports of refusals and signs of life. */
  flushMs: number;
  /** Bytes a second of firmware to one device, and to all together. */
  firmwareEach: number;
  firmwareAll: number;
  /** Parts of firmware one device may have asked for at one time. */
  firmwareAsked: number;
  httpConnections: number;
  longPolls: number;
}

export const gatewayLimits: GatewayLimits = {
  payloadBytes: 64 * 1024,
  queueMessages: 20_000,
  queueBytes: 32 * 1024 * 1024,
  urgentReserve: 1.5,
  batchMessages: 2_000,
  gatherMs: 2,
  lanes: 1,
  commitTries: 8,
  commitPauseMs: 50,
  connections: 20_000,
  connectsPerSecond: 2_000,
  failuresPerMinute: 60,
  provisionsPerSecond: 20,
  connectTimeoutMs: 10_000,
  inflight: 2_000,
  children: 5_000,
  garbageInARow: 100,
  things: 200_000,
  requests: 256,
  refusals: 10_000,
  flushMs: 1_000,
  firmwareEach: 2 * 1024 * 1024,
  firmwareAll: 32 * 1024 * 1024,
  firmwareAsked: 8,
  httpConnections: 5_000,
  longPolls: 5_000,
};
