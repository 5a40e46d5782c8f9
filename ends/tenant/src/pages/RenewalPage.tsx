import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useAct } from '../parts/act.ts';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { orNothing } from '../parts/nothing.ts';
import { Page } from '../parts/Page.tsx';
import { Row } from '../parts/Row.tsx';
import { sdk } from '../sdk.ts';

/** Living on after the contract: asked here, and signed here when the next one is ready. */
export function RenewalPage() {
  const t = useT();
  const act = useAct();
  const state = useQuery({
    queryKey: ['renewal'],
    queryFn: () => orNothing(() => sdk.ownRequests.renewal({})),
    refetchInterval: 5_000,
  });
  const ask = () =>
    act.mutate(() =>
      sdk.ownRequests.tell({ body: { category: 'renewal', title: t('tenant.request.renewal'), description: '' } }),
    );
  return (
    <Page title={t('tenant.renewal')} back="/services">
      <Loaded of={state}>
        {(renewal) =>
          renewal === null ? (
            <p className="card">{t('tenant.home.none')}</p>
          ) : (
            <>
              <section className="card">
                <Row name={t('tenant.renewal-of.ends')}>{renewal.endsOn}</Row>
                <Row name={t('tenant.renewal-of.from')}>{renewal.from}</Row>
                <Row name={t('tenant.renewal-of.by')}>{renewal.by}</Row>
                {renewal.request && <p className="note">{t('tenant.renewal-of.asked')}</p>}
                {!renewal.may && !renewal.request && !renewal.next && (
                  <p className="note">{t('tenant.renewal-of.early', { day: renewal.from })}</p>
                )}
                {act.error && <Refusal cause={act.error} />}
                {renewal.may && (
                  <button type="button" className="main" disabled={act.isPending} onClick={ask}>
                    {t('tenant.renewal-of.ask')}
                  </button>
                )}
              </section>
              {renewal.next && (
                <Link className="card" to={`/leases/${renewal.next}`}>
                  <h2>{t('tenant.renewal-of.next')}</h2>
                  {t('tenant.renewal-of.open')}
                </Link>
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
