/** What a wire tells the one who uses it. `closed` comes once, and not after `close()`. */
export interface WireEvents {
  data(bytes: Uint8Array): void;
  closed(reason: string): void;
}

/** An open way for bytes: a socket or a serial port. */
export interface Wire {
  write(bytes: Uint8Array): void;
  close(): void;
}

/** Opens a wire; rejects when it cannot, or when `signal` is aborted. */
export type OpenWire = (events: WireEvents, signal: AbortSignal) => Promise<Wire>;
