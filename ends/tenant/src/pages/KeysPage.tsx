import type { Reply } from '@keystead/sdk';
import { useT } from '@keystead/ui/i18n';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../parts/act.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { FaceConsent } from '../parts/FaceConsent.tsx';
import { GuestKey } from '../parts/GuestKey.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { minute } from '../parts/moment.ts';
import { Page } from '../parts/Page.tsx';
import { Row } from '../parts/Row.tsx';
import { sdk } from '../sdk.ts';

type Key = Reply<typeof sdk.ownDoorKeys.list>[number];
const shownFor = 30_000; // ms
const secret = ['pin', 'qr', 'ble'];

/** What opens the door with a key, shown once it was confirmed, and hidden again by itself. */
function Secret({ of }: { of: Key }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const show = useMutation({
    mutationFn: () => sdk.ownDoorKeys.show({ params: { id: of.id } }),
    onSettled: () => setAsking(false),
  });
  const { reset, data } = show;
  useEffect(() => {
    if (!data) return;
    const timer = setTimeout(reset, shownFor);
    return () => clearTimeout(timer);
  }, [data, reset]);
  return (
    <>
      {data && (
        <p className="code" role="status" aria-label={t('tenant.key.pin')}>
          {data.credential ?? t('tenant.key.none')}
        </p>
      )}
      {show.error && <Refusal cause={show.error} />}
      <div className="actions">
        <button type="button" onClick={data ? reset : () => setAsking(true)}>
          {t(data ? 'tenant.key.hide' : 'tenant.key.show')}
        </button>
      </div>
      {asking && (
        <Confirm
          title={t('tenant.key.show')}
          yes={t('tenant.key.yes')}
          busy={show.isPending}
          onYes={() => show.mutate()}
          onNo={() => setAsking(false)}
        >
          <p>{t('tenant.key.sure')}</p>
        </Confirm>
      )}
    </>
  );
}

function KeyCard({ of, houseName }: { of: Key; houseName: string }) {
  const t = useT();
  const act = useAct();
  const door = of.locks.find(({ gate, wanted }) => !gate && wanted !== 'gone') ?? of.locks[0];
  const guest = of.pattern !== 'lasting';
  return (
    <section className="card">
      <h2>
        {t(`tenant.key.kind.${of.kind}`)} · {t(`tenant.key.pattern.${of.pattern}`)}
      </h2>
      <p className={of.state === 'working' ? 'good' : 'quiet'}>{t(`tenant.key.state.${of.state}`)}</p>
      {houseName && <Row name={t('tenant.lease.house')}>{houseName}</Row>}
      <Row name={t('tenant.key.holder')}>{guest ? of.label : of.holderName}</Row>
      {door?.from && <Row name={t('tenant.key.from')}>{minute(door.from)}</Row>}
      <Row name={t('tenant.key.until')}>{door?.until ? minute(door.until) : t('tenant.key.asLease')}</Row>
      {secret.includes(of.kind) && <Secret of={of} />}
      {of.pattern === 'once' && (
        <div className="actions">
          <button
            type="button"
            className="bad"
            disabled={act.isPending}
            onClick={() => act.mutate(() => sdk.ownDoorKeys.endGuest({ params: { id: of.id } }))}
          >
            {t('tenant.key.end')}
          </button>
        </div>
      )}
      {act.error && <Refusal cause={act.error} />}
    </section>
  );
}

/** My keys and how long they open, a key for a guest, face and fingerprint. */
export function KeysPage() {
  const t = useT();
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => sdk.ownDoorKeys.list({}), refetchInterval: 10_000 });
  const leases = useQuery({ queryKey: ['leases'], queryFn: () => sdk.ownLeases.list({}) });
  const nameOf = (house: string) => leases.data?.find((lease) => lease.house === house)?.houseName ?? '';
  return (
    <Page title={t('tenant.keys')}>
      <Loaded of={keys}>
        {(list) => (
          <>
            {list.length === 0 && <p className="card">{t('tenant.key.nothing')}</p>}
            {[...list]
              .sort((a, b) => Number(a.pattern !== 'lasting') - Number(b.pattern !== 'lasting'))
              .map((key) => (
                <KeyCard key={key.id} of={key} houseName={nameOf(key.house)} />
              ))}
            {list.length > 0 && <GuestKey />}
          </>
        )}
      </Loaded>
      <FaceConsent />
      <Link className="card" to="/keys/uses">
        <h2>{t('tenant.key.uses')}</h2>
      </Link>
    </Page>
  );
}
