import { useT } from '@keystead/ui/i18n';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetRepair, keepRepair, onWaiting, sendWaiting, waitingRepairs } from './waiting-repairs.ts';

/** Sends what was written without a network as soon as there is one. */
export function useSending(): void {
  const cache = useQueryClient();
  useEffect(() => {
    const send = () => {
      sendWaiting()
        .then((sent) => (sent > 0 ? cache.invalidateQueries() : undefined))
        .catch((cause: unknown) => console.warn(cause));
    };
    send();
    addEventListener('online', send);
    return () => removeEventListener('online', send);
  }, [cache]);
}

/** Repairs that wait on this phone. */
export function WaitingRepairs() {
  const t = useT();
  const cache = useQueryClient();
  const waiting = useQuery({ queryKey: ['waiting'], queryFn: waitingRepairs });
  useEffect(() => onWaiting(() => void cache.invalidateQueries({ queryKey: ['waiting'] })), [cache]);
  return (waiting.data ?? []).map((draft) => (
    <section key={draft.id} className="card">
      <h2>{draft.title}</h2>
      <p className="note" role="status">
        {draft.refused === undefined ? t('tenant.waiting.kept') : draft.refused}
      </p>
      {draft.refused !== undefined && (
        <div className="actions">
          <button
            type="button"
            onClick={() => {
              const { refused: _refused, ...again } = draft;
              void keepRepair(again).then(sendWaiting);
            }}
          >
            {t('tenant.waiting.again')}
          </button>
          <button type="button" onClick={() => void forgetRepair(draft.id)}>
            {t('tenant.waiting.forget')}
          </button>
        </div>
      )}
    </section>
  ));
}
