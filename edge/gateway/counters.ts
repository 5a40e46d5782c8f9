/** Running totals for `/metrics`; read, never reset. */
export interface GatewayCounters {
  messages: number;
  points: number;
  events: number;
  bytes: number;
  batches: number;
  commitFailures: number;
  connects: number;
  takeovers: number;
  clones: number;
  revocations: number;
  /** How often reading was stopped for lack of room. */
  pauses: number;
  /** HTTP requests answered `overloaded`. */
  overloaded: number;
  /** By problem type, flags included. */
  refused: Record<string, number>;
}

export const newCounters = (): GatewayCounters => ({
  messages: 0,
  points: 0,
  events: 0,
  bytes: 0,
  batches: 0,
  commitFailures: 0,
  connects: 0,
  takeovers: 0,
  clones: 0,
  revocations: 0,
  pauses: 0,
  overloaded: 0,
  refused: {},
});

/** What stands now rather than what was counted. */
export interface GatewayGauges {
  sessions: number;
  connections: number;
  queuedMessages: number;
  queuedBytes: number;
  paused: number;
}
