import type { Actor } from '@keystead/contracts/access';
import { bytesOf, type FrameInput } from './frame-input.ts';
import { BenchMissing, type FrameDesk } from './ports.ts';
import type { CodecBook } from './service.ts';
import type { Trial } from './trial.ts';

export interface FrameWish extends FrameInput {
  /** Name of a script to be tried beside. */
  codec?: string;
  fPort?: number;
}

/** The frame desk (报文工作台): what pasted bytes may be, and what a script of the organisation makes of them. */
export function createDesk(book: Pick<CodecBook, 'named'>, trial: Trial) {
  let desk: FrameDesk | undefined;

  async function tried(actor: Actor, bytes: Uint8Array, name: string, fPort: number | undefined) {
    const { number, source } = await book.named(actor, name);
    const frame = { bytes, fPort };
    const [up, down] = [await trial.bench.decode(source, frame), await trial.bench.explainDownlink(source, frame)];
    return { name, number, up, down };
  }

  return {
    plug: (one: FrameDesk): void => {
      desk = one;
    },
    /** Throws InputInvalid, CodecMissing, BenchMissing. */
    explain: async (actor: Actor, wish: FrameWish) => {
      const bytes = bytesOf(wish);
      if (!desk) throw new BenchMissing();
      const frames = await desk.explain(bytes);
      const codec = wish.codec === undefined ? undefined : await tried(actor, bytes, wish.codec, wish.fPort);
      const hex = Buffer.from(bytes).toString('hex');
      return { hex, protocols: [...desk.protocols], frames, ...(codec && { codec }) };
    },
  };
}

export type Desk = ReturnType<typeof createDesk>;
