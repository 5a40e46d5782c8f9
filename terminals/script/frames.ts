import { isRefusal, type PayloadCodec, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';

/** Makes frames of the chunks of one stream. Its memory never exceeds twice the longest frame. */
export interface Framing {
  /** Takes a chunk; hands on each frame that is whole, in order. */
  push(chunk: Uint8Array): Promise<void>;
  close(): void;
}

export interface FrameSink {
  frame(bytes: Uint8Array): Promise<void>;
  refuse(refusal: Refusal, sample: Uint8Array): void;
}

/** Cut by a script's `frame`. Where the script sees no frame in more bytes than one may have, they are dropped. */
export function scriptFraming(codec: () => PayloadCodec | Refusal, longest: number, sink: FrameSink): Framing {
  let buffer: Uint8Array = new Uint8Array(0);
  const step = async (): Promise<boolean> => {
    const used = codec();
    const cut = isRefusal(used) ? used : await used.cut(buffer);
    if (isRefusal(cut)) {
      sink.refuse(cut, buffer);
      buffer = new Uint8Array(0);
      return false;
    }
    const whole = buffer;
    buffer = whole.subarray(cut.rest);
    if (cut.skipped > 0) sink.refuse(refuse(ProtocolViolated, `${cut.skipped} bytes belong to no frame`), whole);
    for (const { start, end } of cut.frames) await sink.frame(whole.slice(start, end));
    if (cut.rest === 0 && buffer.length >= longest) {
      sink.refuse(refuse(ProtocolViolated, `no frame in ${buffer.length} bytes`), buffer);
      buffer = new Uint8Array(0);
    }
    return cut.rest > 0 && buffer.length > 0;
  };
  return {
    push: async (chunk) => {
      // A chunk larger than a frame is taken in pieces, so that the script never sees more than two frames' length.
      for (let at = 0; at < chunk.length; at += longest) {
        buffer = Buffer.concat([buffer, chunk.subarray(at, at + longest)]);
        while (await step());
      }
    },
    close: () => undefined,
  };
}

/** A frame ends where the line is silent for `gap` ms, as on many serial lines. */
export function gapFraming(gap: number, longest: number, sink: FrameSink): Framing {
  let parts: Uint8Array[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    const frame = Buffer.concat(parts);
    parts = [];
    length = 0;
    if (frame.length > longest) sink.refuse(refuse(ProtocolViolated, 'a frame longer than allowed'), frame);
    else sink.frame(frame).catch(() => undefined);
  };
  return {
    push: async (chunk) => {
      length += chunk.length;
      // What is too long already is not kept; it is refused when the silence comes.
      if (length <= longest) parts.push(chunk);
      else if (length - chunk.length <= longest) parts.push(chunk.subarray(0, longest + 1));
      clearTimeout(timer);
      timer = setTimeout(end, gap);
    },
    close: () => clearTimeout(timer),
  };
}
