import type { Reply } from '@keystead/sdk';
import { fromSiteTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../parts/act.ts';
import { HandoverForm } from '../parts/HandoverForm.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { minute } from '../parts/moment.ts';
import { orNothing } from '../parts/nothing.ts';
import { Page } from '../parts/Page.tsx';
import { Row } from '../parts/Row.tsx';
import { Steps } from '../parts/Steps.tsx';
import { sdk } from '../sdk.ts';

type File = Reply<typeof sdk.ownMoveIn.get>;
const running = ['effective', 'expiring', 'holdover'];

/** When one will come for the keys. */
function Appointment({ of: { process } }: { of: File }) {
  const t = useT();
  const act = useAct();
  const [at, setAt] = useState('');
  const when = fromSiteTime(at);
  return (
    <section className="card">
      <h2>{t('tenant.move.appointment')}</h2>
      {process.appointmentAt && (
        <p role="status" className="note">
          {t('tenant.move.appointed', { at: minute(process.appointmentAt) })}
        </p>
      )}
      <label htmlFor="at">{t('tenant.move.at')}</label>
      <input id="at" type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
      {act.error && <Refusal cause={act.error} />}
      <div className="actions">
        <button
          type="button"
          disabled={!when || act.isPending}
          onClick={() => when && act.mutate(() => sdk.ownMoveIn.appoint({ body: { at: when.toISOString() } }))}
        >
          {t(process.appointmentAt ? 'tenant.move.reappoint' : 'tenant.move.appoint')}
        </button>
      </div>
    </section>
  );
}

/** The way into the home: contract, keys, handover. */
export function MoveInPage() {
  const t = useT();
  const way = useQuery({
    queryKey: ['move-in'],
    queryFn: () => orNothing(() => sdk.ownMoveIn.get({})),
    refetchInterval: 5_000,
  });
  return (
    <Page title={t('tenant.move.title')} back="/services">
      <Loaded of={way}>
        {(file) =>
          file === null ? (
            <p className="card">{t('tenant.move.none')}</p>
          ) : (
            <>
              <section className="card">
                <h2>{t(`tenant.move.state.${file.process.state}`)}</h2>
                {file.lease && (
                  <Row name={t('tenant.lease.period')}>
                    {file.lease.startsOn} — {file.lease.endsOn}
                  </Row>
                )}
                <Steps
                  texts="tenant.move.state"
                  states={['allocated', 'contract', 'checked-in']}
                  now={file.process.state}
                  beside={{
                    allocated: minute(file.process.openedAt),
                    contract: file.process.contractAt && minute(file.process.contractAt),
                    'checked-in': file.process.checkedInAt && minute(file.process.checkedInAt),
                  }}
                />
              </section>
              {file.lease?.state === 'pending-tenant' && (
                <Link className="card" to={`/leases/${file.lease.id}`}>
                  <h2>{t('tenant.home.toSign')}</h2>
                  {file.lease.code}
                </Link>
              )}
              {file.process.state === 'contract' && file.lease && running.includes(file.lease.state) && (
                <>
                  <Appointment of={file} />
                  <HandoverForm />
                </>
              )}
              {file.handover && (
                <section className="card">
                  <h2>{t('tenant.move.handover')}</h2>
                  {Object.entries(file.handover.readings).map(([subject, reading]) => (
                    <Row key={subject} name={t(`tenant.fee.${subject}`)}>
                      {reading / 1000}
                    </Row>
                  ))}
                  {file.handover.furniture.map((each) => (
                    <Row key={each.item} name={each.item}>
                      {each.condition}
                    </Row>
                  ))}
                  <p className="quiet">{minute(file.handover.at)}</p>
                  <Link className="button" to="/keys">
                    {t('tenant.keys')}
                  </Link>
                </section>
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
