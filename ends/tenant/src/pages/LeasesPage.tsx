import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Loaded } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

export function LeasesPage() {
  const { t } = useTexts();
  const leases = useQuery({ queryKey: ['leases'], queryFn: () => sdk.ownLeases.list({}) });
  return (
    <Page title={t('tenant.leases')}>
      <Loaded of={leases}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="quiet">{t('tenant.nothing')}</p>
          ) : (
            lines.map((lease) => (
              <Link key={lease.id} className="card" to={`/leases/${lease.id}`}>
                <h2>{lease.houseName}</h2>
                <p>{t(`tenant.lease.${lease.state}`)}</p>
                <p className="quiet">{lease.code}</p>
                <p className="quiet">
                  {lease.startsOn} — {lease.endsOn}
                </p>
              </Link>
            ))
          )
        }
      </Loaded>
    </Page>
  );
}
