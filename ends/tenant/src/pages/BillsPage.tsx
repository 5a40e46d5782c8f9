import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { BillDue } from '../parts/BillDue.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { yuan } from '../parts/money.ts';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

export function BillsPage() {
  const t = useT();
  const bills = useQuery({ queryKey: ['bills'], queryFn: () => sdk.ownBills.list({ query: {} }) });
  return (
    <Page title={t('tenant.bills')}>
      <Loaded of={bills}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="quiet">{t('tenant.nothing')}</p>
          ) : (
            lines.map((bill) => (
              <Link key={bill.id} className="card" to={`/bills/${bill.id}`}>
                <h2>{bill.period}</h2>
                <span className="sum">{yuan(bill.owed > 0 ? bill.owed : bill.amount)}</span>
                <BillDue owed={bill.owed} dueOn={bill.dueOn} />
              </Link>
            ))
          )
        }
      </Loaded>
    </Page>
  );
}
