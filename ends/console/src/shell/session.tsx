import type { Reply } from '@keystead/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { isProblem, sdk } from './sdk.ts';

/** Who is signed in, as `GET /sessions/current` tells. */
export type Session = Reply<typeof sdk.sessions.current>;

interface Held {
  session: Session | null;
  loading: boolean;
  may(permission: string): boolean;
  refresh(): Promise<void>;
  signOut(): Promise<void>;
}

const Context = createContext<Held | null>(null);
export const sessionKey = ['session'];

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: sessionKey,
    queryFn: async (): Promise<Session | null> => {
      try {
        return await sdk.sessions.current({});
      } catch (cause) {
        if (isProblem(cause, 'not-signed-in')) return null;
        throw cause;
      }
    },
    staleTime: 60_000,
    retry: 1,
  });
  const held = useMemo<Held>(() => {
    const session = data ?? null;
    const rights = new Set(session?.permissions);
    return {
      session,
      loading: isPending,
      may: (permission) => rights.has(permission),
      refresh: () => client.invalidateQueries({ queryKey: sessionKey }),
      signOut: async () => {
        await sdk.sessions.end({});
        client.clear();
        await client.invalidateQueries({ queryKey: sessionKey });
      },
    };
  }, [data, isPending, client]);
  return <Context value={held}>{children}</Context>;
}

export function useSession(): Held {
  const held = useContext(Context);
  if (!held) throw new Error('useSession outside SessionProvider');
  return held;
}
