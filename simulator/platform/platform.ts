import { type Api, createSdk, isProblem } from '@keystead/sdk';
import { patiently } from './patience.ts';

type Input<M extends (input: never, ...rest: never[]) => unknown> = Parameters<M>[0];
export type PlaceImportRow = Input<Api['places']['import']>['body']['rows'][number];
export type ThingImportRow = Input<Api['things']['import']>['body']['rows'][number];
export type ModelDraft = Input<Api['models']['publish']>['body'];
export type Model = Awaited<ReturnType<Api['models']['get']>>[number];

export interface PlaceRef {
  readonly id: string;
  readonly code: string;
  readonly path: string;
}

export interface ThingRef {
  readonly id: string;
  readonly code: string;
  readonly family: string;
  readonly modelVersion: number;
}

export interface Registered extends ThingRef {
  /** Shown once; undefined for what has no token of its own. */
  readonly token?: string;
}

/** An import was refused as a whole; the message names the first rows and why. */
export class ImportRefused extends Error {}

const thingsACall = 5_000;
const placesACall = 10_000;

interface RowFault {
  readonly line: number;
  readonly column?: string;
  readonly code: string;
  readonly detail?: string;
}

function refuseFaults(what: string, faults: readonly RowFault[]): void {
  if (faults.length === 0) return;
  const first = faults
    .slice(0, 5)
    .map(({ line, column, code, detail }) => `${line}: ${column ?? ''} ${code} ${detail ?? ''}`);
  throw new ImportRefused(`${what}: ${faults.length} rows are refused (${first.join('; ')})`);
}

function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** The platform as the simulator's tools need it, through its public API. */
export function openPlatform({ url, apiKey }: { url: string; apiKey: string }) {
  const api = createSdk({ baseUrl: url, apiKey });

  async function paged<T>(
    page: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>,
  ): Promise<T[]> {
    const all: T[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const { items, next } = await patiently(() => page(cursor));
      all.push(...items);
      more = next !== null;
      cursor = next ?? undefined;
    }
    return all;
  }

  return {
    api,

    /** The place with exactly this code, the first if there are several. */
    async place(code: string, kind?: 'region' | 'project'): Promise<PlaceRef | undefined> {
      const { items } = await patiently(() =>
        api.places.list({ query: { text: code, limit: 200, ...(kind && { kind }) } }),
      );
      return items.find((each) => each.code === code);
    },

    /** All places of a subtree, with its root. */
    placesUnder: (path: string): Promise<PlaceRef[]> =>
      paged((cursor) => api.places.list({ query: { under: path, limit: 200, ...(cursor && { cursor }) } })),

    /** Adds places given parents first. Throws ImportRefused. */
    async importPlaces(rows: readonly PlaceImportRow[]): Promise<void> {
      for (const part of chunks(rows, placesACall)) {
        const reply = await patiently(() => api.places.import({ body: { rows: [...part] } }));
        refuseFaults('places', reply.errors);
      }
    },

    async countThings(path: string): Promise<number> {
      const { total } = await patiently(() => api.things.list({ query: { under: path, count: true, limit: 1 } }));
      return total ?? 0;
    },

    thingsUnder: (path: string): Promise<ThingRef[]> =>
      paged((cursor) =>
        api.things.list({ query: { under: path, count: false, limit: 200, ...(cursor && { cursor }) } }),
      ),

    async thing(code: string): Promise<ThingRef | undefined> {
      const { items } = await patiently(() => api.things.list({ query: { text: code, count: false, limit: 200 } }));
      return items.find((each) => each.code === code);
    },

    /**
     * Registers things in calls of up to 5,000 rows; `onPart` receives each part's tokens at once, because they are
     * shown only once. Throws ImportRefused.
     */
    async importThings(
      rows: readonly ThingImportRow[],
      tokens: boolean,
      onPart: (made: ReadonlyMap<string, string>) => void = () => {},
    ): Promise<void> {
      for (const part of chunks(rows, thingsACall)) {
        const reply = await patiently(() => api.things.import({ body: { rows: [...part], tokens } }));
        refuseFaults('things', reply.errors);
        onPart(new Map(reply.things.flatMap(({ code, token }) => (token === null ? [] : [[code, token] as const]))));
      }
    },

    /** A new token for a thing; all earlier credentials of it end. */
    async renewToken(id: string): Promise<string> {
      const issued = await patiently(() =>
        api.things.issueCredential({ params: { id }, body: { kind: 'token', rotate: true } }),
      );
      if (issued.value === null) throw new Error('the platform issued no token');
      return issued.value;
    },

    /** All versions of a model, the newest first; none when the family is unknown. */
    async models(family: string): Promise<Model[]> {
      try {
        return await patiently(() => api.models.get({ params: { family } }));
      } catch (cause) {
        if (isProblem(cause, 'model-missing')) return [];
        throw cause;
      }
    },
  };
}

export type Platform = ReturnType<typeof openPlatform>;
