import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Camera = Reply<typeof sdk.video.cameras>['items'][number];
export type CameraFilter = Omit<NonNullable<Parameters<typeof sdk.video.cameras>[0]>['query'], 'limit' | 'cursor'>;
export type CheckLine = Reply<typeof sdk.video.checklist>[number];
export type Channel = Reply<typeof sdk.video.channels>[number];
export type Site = Reply<typeof sdk.video.site>;
export type VideoSettings = Reply<typeof sdk.video.settings>;
export type Recordings = Reply<typeof sdk.video.recordings>;

const all = ['video'];
const of = (id: string) => ({ params: { id } });

export const useCameras = (filter: CameraFilter) =>
  useInfiniteQuery({
    queryKey: [...all, 'cameras', filter],
    queryFn: ({ pageParam }) =>
      sdk.video.cameras({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useCamera = (id: string) =>
  useQuery({ queryKey: [...all, 'camera', id], queryFn: () => sdk.video.camera(of(id)) });

/** A link holds two minutes for its first opening: it is asked for when somebody wants to see. */
export const useLive = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: [...all, 'live', id],
    queryFn: () => sdk.video.live(of(id)),
    enabled: wanted,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const useStream = (id: string, entered: boolean) =>
  useQuery({
    queryKey: [...all, 'stream', id],
    queryFn: () => sdk.video.state(of(id)),
    enabled: entered,
    refetchInterval: 30_000,
    retry: false,
  });

export const useRecordings = (id: string, from: string, to: string) =>
  useQuery({
    queryKey: [...all, 'recordings', id, from, to],
    queryFn: () => sdk.video.recordings({ ...of(id), query: { from, to } }),
    gcTime: 0,
    retry: false,
  });

export const useChecklist = (id: string) =>
  useQuery({ queryKey: [...all, 'checklist', id], queryFn: () => sdk.video.checklist(of(id)) });

export const useResults = (id: string) =>
  useQuery({ queryKey: [...all, 'results', id], queryFn: () => sdk.video.results(of(id)) });

export const useRecorders = () => useQuery({ queryKey: [...all, 'recorders'], queryFn: () => sdk.video.recorders() });

export const useChannels = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'channels', id],
    queryFn: () => sdk.video.channels(of(id ?? '')),
    enabled: id !== undefined,
  });

export const useSite = (place: string | undefined) =>
  useQuery({
    queryKey: [...all, 'site', place],
    queryFn: () => sdk.video.site({ params: { place: place ?? '' } }),
    enabled: place !== undefined,
  });

export const useSettings = () => useQuery({ queryKey: [...all, 'settings'], queryFn: () => sdk.video.settings() });

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: all }) });
}

export const useEnter = (id: string) =>
  useChange((body: { stream: string; perimeter: boolean; upward: string | null }) =>
    sdk.video.enterCamera({ ...of(id), body }),
  );

interface Filled {
  item: string;
  state: 'met' | 'unmet' | 'not-applicable';
  note: string;
  file: File | undefined;
  record: string | null;
}

/** Fills one line; the file that shows it goes to the records first. */
export const useFill = (camera: Pick<Camera, 'id' | 'placeId'>) =>
  useChange(async ({ item, state, note, file, record }: Filled) => {
    const kept = file ? await keep(camera, file) : record;
    return sdk.video.check({
      params: { id: camera.id, item: item as 'coverage' },
      body: { state, note, record: kept },
    });
  });

async function keep({ id, placeId }: Pick<Camera, 'id' | 'placeId'>, file: File): Promise<string> {
  const query = {
    name: file.name,
    mediaType: file.type || 'application/octet-stream',
    subject: `thing:${id}`,
    storeLevel: 2 as const,
    retentionYears: 10,
    ...(placeId ? { place: placeId } : {}),
  };
  return (await sdk.records.put({ query, body: file })).id;
}

export const useAskChannels = () => useChange((id: string) => sdk.video.askChannels(of(id)));

export const useAssignChannel = () =>
  useChange(({ recorder, channel, camera }: { recorder: string; channel: string; camera: string | null }) =>
    sdk.video.assignChannel({ params: { id: recorder, channel }, body: { camera } }),
  );

export const useNightLight = (camera: string) =>
  useChange((body: { light: string; from: string; to: string }) => sdk.video.nightLight({ ...of(camera), body }));

export const useSetSite = () =>
  useChange(
    ({ place, households, slots }: { place: string; households: number | null; slots: Record<string, boolean> }) =>
      sdk.video.setSite({ params: { place }, body: { households, slots } }),
  );

export const useSaveSettings = () =>
  useChange((body: Parameters<typeof sdk.video.set>[0]['body']) => sdk.video.set({ body }));

/** A channel of a recorder, by which its camera is reached. */
export interface ChannelAt {
  id: string;
  channel: string;
}
export type Way = Parameters<typeof sdk.video.move>[0]['body']['ways'][number];
interface Range {
  from: string;
  to: string;
}

export const useMove = (at: ChannelAt) =>
  useMutation({
    mutationFn: (body: { ways: Way[]; speed: number; lasts: number }) => sdk.video.move({ params: { ...at }, body }),
  });

export const usePreset = (at: ChannelAt) =>
  useMutation({
    mutationFn: (body: { act: 'set' | 'call' | 'delete'; number: number }) =>
      sdk.video.preset({ params: { ...at }, body }),
  });

export const usePlayback = (camera: string) =>
  useMutation({ mutationFn: (query: Range) => sdk.video.playback({ ...of(camera), query }) });

export const usePlayRecorded = () =>
  useMutation({
    mutationFn: ({ at, range }: { at: ChannelAt; range: Range }) =>
      sdk.video.playRecorded({ params: { ...at }, body: range }),
  });

export const useEndPlayback = () =>
  useMutation({
    mutationFn: ({ recorder, stream }: { recorder: string; stream: string }) =>
      sdk.video.endPlayback({ ...of(recorder), body: { stream } }),
  });

/** How a command to a recorder stands, asked again until it has ended. */
export const useAsked = (command: string | undefined) =>
  useQuery({
    queryKey: [...all, 'asked', command],
    queryFn: () => sdk.commands.get(of(command ?? '')),
    enabled: command !== undefined,
    refetchInterval: ({ state }) => (state.data?.endedAt === undefined ? 700 : false),
    gcTime: 0,
  });
