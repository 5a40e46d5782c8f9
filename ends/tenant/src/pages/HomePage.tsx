import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Awaiting } from '../parts/Awaiting.tsx';
import { BillDue } from '../parts/BillDue.tsx';
import { CaseLine } from '../parts/CaseLine.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { yuan } from '../parts/money.ts';
import { Page } from '../parts/Page.tsx';
import { Settings } from '../parts/Settings.tsx';
import { WaitingRepairs } from '../parts/WaitingRepairs.tsx';
import { sdk } from '../sdk.ts';

const refresh = 10_000; // ms

/** What awaits me, and the four things people come for. */
export function HomePage() {
  const t = useT();
  const home = useQuery({ queryKey: ['home'], queryFn: () => sdk.ownHome.get({}), refetchInterval: refresh });
  return (
    <Page title={t('tenant.name')} back={null}>
      <Loaded of={home}>
        {(mine) => (
          <>
            <section className="card" aria-label={t('tenant.home.house')}>
              <h2>{t('tenant.home.greeting', { name: mine.name })}</h2>
              <p>{mine.home?.houseName ?? t('tenant.home.none')}</p>
              {mine.home && (
                <p className="quiet">
                  {mine.home.startsOn} — {mine.home.endsOn}
                </p>
              )}
            </section>
            {mine.toSign.map((lease) => (
              <Link key={lease.id} className="card" to={`/leases/${lease.id}`}>
                <h2>{t('tenant.home.toSign')}</h2>
                {lease.code} · {lease.houseName}
              </Link>
            ))}
            <Awaiting />
            {mine.nextBill && (
              <Link className="card" to={`/bills/${mine.nextBill.id}`}>
                <h2>{t('tenant.home.owed')}</h2>
                <span className="sum">{yuan(mine.owed)}</span>
                <BillDue owed={mine.owed} dueOn={mine.nextBill.dueOn} />
              </Link>
            )}
            <WaitingRepairs />
            {mine.repairs.map((repair) => (
              <CaseLine key={repair.id} of={repair} to={`/repairs/${repair.id}`} />
            ))}
            <nav className="tiles" aria-label={t('tenant.home.tasks')}>
              <Link className="tile" to="/bills">
                {t('tenant.bills')}
              </Link>
              <Link className="tile" to="/repairs/new">
                {t('tenant.repair.new')}
              </Link>
              <Link className="tile" to="/keys">
                {t('tenant.keys')}
              </Link>
              <Link className="tile" to="/leases">
                {t('tenant.leases')}
              </Link>
            </nav>
            <nav className="card more" aria-label={t('tenant.home.more')}>
              <Link to="/services">{t('tenant.requests')}</Link>
              <Link to="/repairs">{t('tenant.repairs')}</Link>
              <Link to="/notices">
                {t('tenant.notices')}
                {mine.unread > 0 && ` (${mine.unread})`}
              </Link>
              <Link to="/me">{t('tenant.me')}</Link>
            </nav>
          </>
        )}
      </Loaded>
      <Settings />
    </Page>
  );
}
