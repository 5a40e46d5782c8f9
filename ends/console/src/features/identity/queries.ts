import type { Reply } from '@keystead/sdk';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type User = Reply<typeof sdk.users.get>;
export type UserQuery = Omit<Parameters<typeof sdk.users.list>[0]['query'], 'limit' | 'cursor'>;
export type UserDraft = Parameters<typeof sdk.users.create>[0]['body'];
export type UserChange = Parameters<typeof sdk.users.update>[0]['body'];
export type Assignment = User['roles'][number];
export type AssignmentDraft = Parameters<typeof sdk.users.assign>[0]['body'];
export type Role = Reply<typeof sdk.roles.list>['items'][number];
export type RoleDraft = Parameters<typeof sdk.roles.create>[0]['body'];
export type Organisation = Reply<typeof sdk.organisations.own>;
export type ApiKey = Reply<typeof sdk.keys.list>['items'][number];
export type KeyDraft = Parameters<typeof sdk.keys.create>[0]['body'];

const users = ['users'];
const roles = ['roles'];
const keys = ['api-keys'];

export function useChange<Input, Result>(key: readonly string[], change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}

export const useUsers = (filter: UserQuery) =>
  useInfiniteQuery({
    queryKey: [...users, 'list', filter],
    queryFn: ({ pageParam }) =>
      sdk.users.list({ query: { ...filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const useUser = (id: string | undefined) =>
  useQuery({
    queryKey: [...users, 'one', id],
    queryFn: () => sdk.users.get({ params: { id: id ?? '' } }),
    enabled: id !== undefined,
  });

export const useUserChange = <Input, Result>(change: (input: Input) => Promise<Result>) => useChange(users, change);
export const useRoleChange = <Input, Result>(change: (input: Input) => Promise<Result>) => useChange(roles, change);
export const useKeyChange = <Input, Result>(change: (input: Input) => Promise<Result>) => useChange(keys, change);

export const useRoleList = () => useQuery({ queryKey: roles, queryFn: () => sdk.roles.list() });

/** Every permission there is; new ones only come with a new version of the platform. */
export const usePermissions = (enabled = true) =>
  useQuery({
    queryKey: ['permissions'],
    queryFn: () => sdk.permissions.list(),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useUnused = (days: number) =>
  useQuery({ queryKey: ['unused-rights', days], queryFn: () => sdk.permissions.unused({ query: { days } }) });

export const useKeys = () =>
  useInfiniteQuery({
    queryKey: keys,
    queryFn: ({ pageParam }) => sdk.keys.list({ query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const useOwnSessions = () => useQuery({ queryKey: ['own-sessions'], queryFn: () => sdk.sessions.list() });
export const useOwnChange = <Input, Result>(change: (input: Input) => Promise<Result>) =>
  useChange(['own-sessions'], change);

export const useOrganisation = () => useQuery({ queryKey: ['organisation'], queryFn: () => sdk.organisations.own() });
