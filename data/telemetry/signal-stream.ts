import { type AcceptedBatch, decodeBatch, encodeBatch } from '@keystead/contracts/telemetry';
import { connectStream, openStream, type StreamReader, type StreamWriter } from '@keystead/kernel/bus';

/**
 * Gateway numbers of one machine: things speak to the first, foreign clouds (HTTP, in the api process) to the second,
 * things that know level 3 to the third, where they wait for nobody else's commit (`H-7.3-0-1`).
 */
export const gatewayNumbers = { things: 1, clouds: 2, urgent: 3 } as const;
const known: readonly number[] = Object.values(gatewayNumbers);

const pathOf = (streamPath: string, gateway: number): string => `${streamPath}.${gateway}`;

export interface BatchWriter {
  write(batch: AcceptedBatch): void;
  close(): Promise<void>;
}

/** Sends the committed batches of one gateway to whoever follows on this machine. */
export async function openBatchStream(streamPath: string, gateway: number): Promise<BatchWriter> {
  const stream: StreamWriter = await openStream(pathOf(streamPath, gateway));
  return {
    write: (batch) => {
      if (stream.readers() > 0) stream.write(encodeBatch(batch));
    },
    close: () => stream.close(),
  };
}

export interface BatchListener {
  onBatch(batch: AcceptedBatch): void;
  /** The stream of a gateway began (again): what came before may have been missed. */
  onConnected(gateway: number): void;
}

/** The streams of all gateways, each connected once in a process and decoded once for everybody who listens. */
export class BatchStreams {
  readonly #streamPath: string;
  readonly #listeners = new Set<BatchListener>();
  #readers: StreamReader[] = [];

  constructor(streamPath: string) {
    this.#streamPath = streamPath;
  }

  listen(listener: BatchListener): () => void {
    this.#listeners.add(listener);
    if (this.#readers.length === 0) this.#open();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  #open(): void {
    this.#readers = known.map((gateway) =>
      connectStream(
        pathOf(this.#streamPath, gateway),
        (frame) => {
          const batch = decodeBatch(frame);
          for (const listener of this.#listeners) listener.onBatch(batch);
        },
        () => {
          for (const listener of this.#listeners) listener.onConnected(gateway);
        },
      ),
    );
  }

  #close(): void {
    for (const reader of this.#readers) reader.close();
    this.#readers = [];
  }
}
