import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useAct } from '../parts/act.ts';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { minute } from '../parts/moment.ts';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

/** Changes of income, members and housing that were told, and what became of them. */
export function ChangesPage() {
  const t = useT();
  const act = useAct();
  const changes = useQuery({ queryKey: ['changes'], queryFn: () => sdk.ownHousehold.changes({}) });
  return (
    <Page title={t('tenant.changes')} back="/services">
      <Link className="button main" to="/changes/new">
        {t('tenant.change.new')}
      </Link>
      {act.error && <Refusal cause={act.error} />}
      <Loaded of={changes}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="quiet">{t('tenant.nothing')}</p>
          ) : (
            lines.map((change) => (
              <section key={change.id} className="card">
                <h2>{t(`tenant.change.kind.${change.kind}`)}</h2>
                <p className={change.state === 'approved' ? 'good' : ''}>{t(`tenant.change.state.${change.state}`)}</p>
                {change.reason && change.state !== 'withdrawn' && <p>{change.reason}</p>}
                <p className="quiet">
                  {change.caseCode} · {t('tenant.change.told', { at: minute(change.submittedAt) })}
                  {change.decidedAt && ` · ${t('tenant.change.decided', { at: minute(change.decidedAt) })}`}
                </p>
                <p className="quiet">{t('tenant.photos.count', { count: change.evidence.length })}</p>
                {change.state === 'submitted' && (
                  <div className="actions">
                    <button
                      type="button"
                      disabled={act.isPending}
                      onClick={() => act.mutate(() => sdk.ownHousehold.withdrawChange({ params: { id: change.id } }))}
                    >
                      {t('tenant.take-back')}
                    </button>
                  </div>
                )}
              </section>
            ))
          )
        }
      </Loaded>
    </Page>
  );
}
