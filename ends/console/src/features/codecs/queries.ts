import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Codec = Reply<typeof sdk.codecs.list>['items'][number];
export type CodecFile = Reply<typeof sdk.codecs.get>;
export type Version = Reply<typeof sdk.codecs.version>;
export type Sample = Version['samples'][number];
export type Trial = Reply<typeof sdk.codecs.trial>;
export type Verdict = Trial['verdicts'][number];
export type FrameAnswer = Reply<typeof sdk.codecs.frames>;
export type Frame = FrameAnswer['frames'][number];
export type FrameQuestion = Parameters<typeof sdk.codecs.frames>[0]['body'];

const all = ['codecs'];

export const useCodecs = () => useQuery({ queryKey: [...all, 'list'], queryFn: () => sdk.codecs.list() });

export const useCodec = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.codecs.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

/** A version never changes: it is asked for once. */
export const useVersion = (id: string | undefined, number: number | undefined) =>
  useQuery({
    queryKey: [...all, 'version', id, number],
    queryFn: () => sdk.codecs.version({ params: { id: id ?? '', number: number ?? 0 } }),
    enabled: id !== undefined && number !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export interface Written {
  name: string;
  title: string;
  note: string;
  source: string;
  samples: Sample[];
}

/** The first version of a new script, or the next one of `codec`. */
export const useWrite = () =>
  useChange(({ codec, name, ...body }: Written & { codec: CodecFile | undefined }) =>
    codec === undefined
      ? sdk.codecs.create({ body: { name, ...body } })
      : sdk.codecs.write({ params: { id: codec.id }, body }, { ifMatch: codec.latest }),
  );

export const useTrial = () =>
  useMutation({ mutationFn: (body: { source: string; samples: Sample[] }) => sdk.codecs.trial({ body }) });

export const usePutInForce = () =>
  useChange(({ id, number, way }: { id: string; number: number; way: 'publish' | 'rollBack' }) =>
    sdk.codecs[way]({ params: { id }, body: { number } }),
  );

export const useRemove = () => useChange((id: string) => sdk.codecs.remove({ params: { id } }));

export const useFrames = () => useMutation({ mutationFn: (body: FrameQuestion) => sdk.codecs.frames({ body }) });
