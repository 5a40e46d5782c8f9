import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { Keeper, type Kept } from './keeper.ts';
import { followSpot } from './senses.ts';

const Context = createContext<Keeper | undefined>(undefined);
const sendEvery = 15_000; // ms

/** Opens what the phone keeps for an account, and sends whenever there is a chance that it gets through. */
export function KeeperProvider({ account, children }: { account: string; children: ReactNode }) {
  const [keeper, setKeeper] = useState<Keeper>();
  useEffect(followSpot, []);
  useEffect(() => {
    let over = false;
    void Keeper.open(account).then((opened) => {
      if (over) return;
      setKeeper(opened);
      void opened.refresh().then(() => opened.send());
    });
    return () => {
      over = true;
    };
  }, [account]);
  useEffect(() => {
    if (!keeper) return;
    const send = () => void keeper.send();
    const back = () => void (keeper.now().queue.length > 0 ? keeper.send() : keeper.refresh());
    const clock = setInterval(send, sendEvery);
    addEventListener('online', back);
    document.addEventListener('visibilitychange', send);
    return () => {
      clearInterval(clock);
      removeEventListener('online', back);
      document.removeEventListener('visibilitychange', send);
    };
  }, [keeper]);
  return keeper ? <Context value={keeper}>{children}</Context> : null;
}

export function useKeeper(): Keeper {
  const keeper = useContext(Context);
  if (!keeper) throw new Error('no account is open');
  return keeper;
}

/** What is kept, as it is now. */
export function useKept(): Kept {
  const keeper = useKeeper();
  return useSyncExternalStore(keeper.listen, keeper.now);
}
