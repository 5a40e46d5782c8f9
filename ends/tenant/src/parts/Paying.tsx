import { useT } from '@keystead/ui/i18n';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { sdk } from '../sdk.ts';
import { Confirm } from './Confirm.tsx';
import { Loaded, Refusal } from './Loaded.tsx';
import { yuan } from './money.ts';

const refresh = 2_000; // ms

/** Choose the way, confirm the sum, and wait for the channel to tell of the money. */
export function Paying({ bill, period, owed }: { bill: string; period: string; owed: number }) {
  const t = useT();
  const cache = useQueryClient();
  const [channel, setChannel] = useState<{ id: string; name: string }>();
  const ways = useQuery({ queryKey: ['ways'], queryFn: () => sdk.ownBills.channels({}) });
  const order = useMutation({
    mutationFn: (way: string) => sdk.ownBills.order({ params: { id: bill }, body: { channel: way } }),
    onSettled: () => setChannel(undefined),
  });
  const number = order.data?.id;
  const state = useQuery({
    queryKey: ['order', number],
    enabled: number !== undefined,
    queryFn: () => sdk.ownBills.orderOf({ params: { id: number ?? '' } }),
    refetchInterval: refresh,
  });
  const paid = state.data?.state === 'paid';
  useEffect(() => {
    if (paid) void cache.invalidateQueries({ queryKey: ['bill', bill] });
  }, [paid, bill, cache]);
  if (order.data) {
    const link = paid ? undefined : (state.data ?? order.data).pay?.text;
    return (
      <section className="card">
        <p className="note" role="status">
          {paid ? t('tenant.bill.paid') : t('tenant.pay.waiting', { amount: yuan(order.data.amount) })}
        </p>
        {link && (
          <a className="main" href={link} target="_blank" rel="noreferrer">
            {t('tenant.pay.go')}
          </a>
        )}
      </section>
    );
  }
  return (
    <section className="card">
      <h2>{t('tenant.pay.how')}</h2>
      <Loaded of={ways}>
        {(list) =>
          list.length === 0 ? (
            <p>{t('tenant.pay.none')}</p>
          ) : (
            <div className="actions">
              {list.map((way) => (
                <button key={way.id} type="button" className="main" onClick={() => setChannel(way)}>
                  {way.name}
                </button>
              ))}
            </div>
          )
        }
      </Loaded>
      {order.error && <Refusal cause={order.error} />}
      {channel && (
        <Confirm
          title={t('tenant.pay.confirm')}
          yes={t('tenant.pay.yes', { amount: yuan(owed) })}
          busy={order.isPending}
          onYes={() => order.mutate(channel.id)}
          onNo={() => setChannel(undefined)}
        >
          <p>{t('tenant.pay.sure', { period, amount: yuan(owed), way: channel.name })}</p>
        </Confirm>
      )}
    </section>
  );
}
