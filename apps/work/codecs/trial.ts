import { CodecSourceInvalid } from './codec.ts';
import { bytesOfPaste } from './frame-input.ts';
import { BenchMissing, type CodecBench, type Outcome } from './ports.ts';
import { judge, type Verdict } from './sample.ts';
import type { Sample } from './schemas.ts';

export interface TrialResult {
  functions: string[];
  refused?: string;
  detail?: string;
  verdicts: Verdict[];
}

/** Runs scripts against sample frames, on whatever bench is plugged in. */
export class Trial {
  #bench: CodecBench | undefined;

  plug(bench: CodecBench): void {
    this.#bench = bench;
  }

  /** Throws BenchMissing. */
  get bench(): CodecBench {
    if (this.#bench === undefined) throw new BenchMissing();
    return this.#bench;
  }

  /** Functions a text defines. Throws CodecSourceInvalid with the words of the engine. */
  async check(source: string): Promise<string[]> {
    const checked = await this.bench.check(source);
    if ('functions' in checked) return checked.functions;
    const { refused: code, detail } = checked;
    throw new CodecSourceInvalid({ detail }, [{ pointer: '/source', code, ...(detail !== undefined && { detail }) }]);
  }

  /** Tries everything, keeps nothing. Throws InputInvalid for a sample that is no hexadecimal. */
  async run(source: string, samples: readonly Sample[]): Promise<TrialResult> {
    const frames = samples.map((sample, index) =>
      sample.way === 'up' ? bytesOfPaste(sample.hex, `/samples/${index}/hex`) : undefined,
    );
    const checked = await this.bench.check(source);
    if (!('functions' in checked)) return { functions: [], ...checked, verdicts: [] };
    const verdicts: Verdict[] = [];
    for (const [index, sample] of samples.entries())
      verdicts.push(judge(sample, await this.#outcome(source, sample, frames[index])));
    return { functions: checked.functions, verdicts };
  }

  #outcome(source: string, sample: Sample, bytes: Uint8Array | undefined): Promise<Outcome> {
    if (sample.way === 'up') {
      const { fPort, recvTime, variables } = sample;
      return this.bench.decode(source, { bytes: bytes ?? new Uint8Array(), fPort, recvTime, variables });
    }
    const { method, params, request, device, variables } = sample;
    return this.bench.encode(source, { method, params, request, device, variables });
  }
}
