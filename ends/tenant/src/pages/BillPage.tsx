import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { BillDue } from '../parts/BillDue.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { yuan } from '../parts/money.ts';
import { Page } from '../parts/Page.tsx';
import { Paying } from '../parts/Paying.tsx';
import { sdk } from '../sdk.ts';

/** A bill line by line, and the way to pay it. */
export function BillPage() {
  const { t, has } = useTexts();
  const { id = '' } = useParams();
  const bill = useQuery({ queryKey: ['bill', id], queryFn: () => sdk.ownBills.get({ params: { id } }) });
  const subject = (code: string) => (has(`tenant.fee.${code}`) ? t(`tenant.fee.${code}`) : code);
  return (
    <Page title={t('tenant.bill.one')} back="/bills">
      <Loaded of={bill}>
        {(file) => (
          <>
            <section className="card">
              <h2>
                {file.period} · {file.houseName}
              </h2>
              <p className="sum">{yuan(file.amount)}</p>
              {file.owed > 0 && <BillDue owed={file.owed} dueOn={file.dueOn} />}
              {file.lines.map((line) => (
                <p key={line.id} className="row">
                  <span>{subject(line.subject)}</span>
                  <span>{yuan(line.amount)}</span>
                </p>
              ))}
              {file.owed > 0 && file.owed < file.amount && (
                <p className="row">
                  <span>{t('tenant.bill.settled')}</span>
                  <span>{yuan(file.amount - file.owed)}</span>
                </p>
              )}
              <p className="row">
                <strong>{t('tenant.bill.owed')}</strong>
                <strong>{yuan(file.owed)}</strong>
              </p>
            </section>
            {file.owed > 0 ? (
              <Paying bill={id} period={file.period} owed={file.owed} />
            ) : (
              <p className="note" role="status">
                {t('tenant.bill.paid')}
              </p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
