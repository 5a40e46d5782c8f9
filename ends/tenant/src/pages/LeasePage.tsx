import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Loaded } from '../parts/Loaded.tsx';
import { yuan } from '../parts/money.ts';
import { Page } from '../parts/Page.tsx';
import { Signing } from '../parts/Signing.tsx';
import { sdk } from '../sdk.ts';

/** Terms in words; which template they came from is for the office. */
const worded = (terms: Record<string, unknown>): [string, string][] =>
  Object.entries(terms).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
  );

/** The contract word by word; signed here when it is my turn. */
export function LeasePage() {
  const { t, has } = useTexts();
  const { id = '' } = useParams();
  const lease = useQuery({ queryKey: ['lease', id], queryFn: () => sdk.ownLeases.get({ params: { id } }) });
  const named = (key: string, code: string) => (has(`${key}.${code}`) ? t(`${key}.${code}`) : code);
  return (
    <Page title={t('tenant.lease.one')} back="/leases">
      <Loaded of={lease}>
        {(file) => (
          <>
            <section className="card">
              <h2>{file.title}</h2>
              <p>{t(`tenant.lease.${file.state}`)}</p>
              <p className="row">
                <span>{t('tenant.lease.number')}</span>
                <span>{file.code}</span>
              </p>
              <p className="row">
                <span>{t('tenant.lease.house')}</span>
                <span>{file.houseName}</span>
              </p>
              <p className="row">
                <span>{t('tenant.lease.lessor')}</span>
                <span>{file.lessor}</span>
              </p>
              <p className="row">
                <span>{t('tenant.lease.period')}</span>
                <span>
                  {file.startsOn} — {file.endsOn}
                </span>
              </p>
              {file.fees.map((fee) => (
                <p key={`${fee.subject} ${fee.startsOn}`} className="row">
                  <span>{named('tenant.fee', fee.subject)}</span>
                  <span>
                    {typeof fee.basis.amount === 'number' ? yuan(fee.basis.amount) : t('tenant.lease.metered')}
                  </span>
                </p>
              ))}
              {worded(file.terms).map(([name, words]) => (
                <p key={name}>
                  <strong>{named('tenant.term', name)}</strong> {words}
                </p>
              ))}
            </section>
            {file.toSign && <Signing lease={id} digest={file.digest} />}
            {file.sealed && (
              <p>
                <a className="button" href={`/api/v1/own-contracts/${id}/file`} download>
                  {t('tenant.lease.download')}
                </a>
              </p>
            )}
            {file.signatures.length > 0 && (
              <section className="card">
                <h2>{t('tenant.lease.signatures')}</h2>
                {file.signatures.map((each) => (
                  <p key={`${each.role} ${each.at}`}>
                    {named('tenant.role', each.role)} · {dateTime(each.at)} ·{' '}
                    {t(each.holds ? 'tenant.lease.holds' : 'tenant.lease.broken')}
                  </p>
                ))}
              </section>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
