import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { CaseLine } from '../parts/CaseLine.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { WaitingRepairs } from '../parts/WaitingRepairs.tsx';
import { sdk } from '../sdk.ts';

export function RepairsPage() {
  const t = useT();
  const repairs = useQuery({ queryKey: ['repairs'], queryFn: () => sdk.ownRepairs.list({ query: {} }) });
  return (
    <Page title={t('tenant.repairs')}>
      <Link className="button main" to="/repairs/new">
        {t('tenant.repair.new')}
      </Link>
      <WaitingRepairs />
      <Loaded of={repairs}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="quiet">{t('tenant.nothing')}</p>
          ) : (
            lines.map((line) => <CaseLine key={line.id} of={line} to={`/repairs/${line.id}`} />)
          )
        }
      </Loaded>
    </Page>
  );
}
