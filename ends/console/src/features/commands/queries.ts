import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

export type Command = Reply<typeof sdk.commands.get>;
export type CommandState = Command['state'];
export type SendBody = Parameters<typeof sdk.commands.send>[0]['body'];
export type Scene = Reply<typeof sdk.scenes.get>;
export type SceneBody = Parameters<typeof sdk.scenes.create>[0]['body'];
export type Run = Reply<typeof sdk.commands.run>;
export type Step = 'approve' | 'refuse' | 'cancel' | 'submit';

export const states: readonly CommandState[] = [
  'drafted',
  'awaiting-approval',
  'approved',
  'queued',
  'sent',
  'acknowledged',
  'verified',
  'refused',
  'expired',
  'failed',
  'cancelled',
];

const all = ['commands'];
const scenes = ['scenes'];

/** Commands move on by themselves: whatever shows them asks again soon after. */
export function useFreshCommands(): void {
  const again = useSoon(all, 300);
  useLive('command.changed', again);
  useLive('returned', again);
}

export interface CommandQuery {
  state?: CommandState;
  text?: string;
  thing?: string;
  place?: string;
}

export const useCommands = (query: CommandQuery, limit = 50) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', query, limit],
    queryFn: ({ pageParam }) =>
      sdk.commands.list({ query: { ...query, limit, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useCommand = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => sdk.commands.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

function useChange<Input, Result>(key: readonly string[], change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}

export const useSend = () => useChange(all, (body: SendBody) => sdk.commands.send({ body }));

export const useStep = () =>
  useChange(all, ({ id, step, note }: { id: string; step: Step; note?: string }) =>
    sdk.commands[step]({ params: { id }, body: note ? { note } : {} }),
  );

/** Models by family, for the services of a thing and their words. */
export const useModel = (family: string, version?: number) =>
  useQuery({
    queryKey: ['models', family],
    queryFn: () => sdk.models.get({ params: { family } }),
    staleTime: 60_000,
    enabled: family !== '',
    select: (models) => models.find((model) => model.version === version) ?? models[0],
  });

export type Service = NonNullable<ReturnType<typeof useModel>['data']>['services'][number];

/** What the thing shows now, by property. */
export const useNowOf = (thing: string) =>
  useQuery({
    queryKey: ['things', 'latest', thing, 'control'],
    queryFn: () => sdk.telemetry.latest({ params: { thing } }),
    refetchInterval: 5_000,
  });

export const useThingSearch = (text: string) =>
  useQuery({
    queryKey: ['things', 'choose', text],
    queryFn: () => sdk.things.list({ query: { limit: 20, count: false, ...(text ? { text } : {}) } }),
    placeholderData: keepPreviousData,
  });

export const useThingOf = (id: string | undefined) =>
  useQuery({
    queryKey: ['things', 'one', id],
    queryFn: () => sdk.things.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
    staleTime: 60_000,
  });

export const useScenes = () => useQuery({ queryKey: scenes, queryFn: () => sdk.scenes.list({}) });

export const useSaveScene = () =>
  useChange(scenes, ({ scene, body }: { scene: Scene | undefined; body: SceneBody }) =>
    scene === undefined
      ? sdk.scenes.create({ body })
      : sdk.scenes.update({ params: { id: scene.id }, body }, { ifMatch: scene.version }),
  );

export const useRemoveScene = () => useChange(scenes, (id: string) => sdk.scenes.remove({ params: { id } }));

export const useRunScene = () => useChange(all, (id: string) => sdk.scenes.run({ params: { id }, body: {} }));

/** The second person's word for all of a run that waits for it. */
export const useStepRun = () =>
  useChange(all, ({ id, verb, note }: { id: string; verb: 'approve' | 'refuse'; note: string }) =>
    (verb === 'approve' ? sdk.commands.approveRun : sdk.commands.refuseRun)({ params: { id }, body: { note } }),
  );

/** How a run stands, asked again while it is under way. */
export const useRun = (id: string | undefined) =>
  useQuery({
    queryKey: [...all, 'run', id],
    queryFn: () => sdk.commands.run({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.outcome === 'running' ? 1_000 : false),
  });
