/**
 * One accepted message of one thing: parallel arrays, one entry a point.
 * Booleans are 0/1, enums the position in the model's `values`; strings and JSON stand in `texts` by property key
 * and have NaN in `values`.
 */
export interface AcceptedMessage {
  /** Dense number of the thing. */
  thing: number;
  /** Event time, µs since 1970. */
  time: number;
  keys: number[];
  values: number[];
  qualities: number[];
  texts?: Record<string, string>;
}

/** A named occurrence a device reported: door opened, tamper, sixth wrong code. */
export interface AcceptedEvent {
  thing: number;
  /** Event time, µs since 1970. */
  time: number;
  /** Id of the event in the thing model. */
  event: string;
  data?: unknown;
}

/** What one gateway committed in one transaction; `batch` rises by one for each batch of that gateway. */
export interface AcceptedBatch {
  gateway: number;
  batch: number;
  /** Receive time, µs since 1970. */
  received: number;
  messages: AcceptedMessage[];
  events: AcceptedEvent[];
}
