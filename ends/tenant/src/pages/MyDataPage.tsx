import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { day } from '../parts/moment.ts';
import { yuan } from '../parts/money.ts';
import { forgetPages } from '../parts/offline.ts';
import { Page } from '../parts/Page.tsx';
import { Row } from '../parts/Row.tsx';
import { forgetRepairs } from '../parts/waiting-repairs.ts';
import { sdk } from '../sdk.ts';

/** Keeps a copy of what is held of me on my own device. */
function keep(data: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'keystead-my-data.json';
  link.click();
  URL.revokeObjectURL(url);
}

/** Kept in fen. */
const inFen: readonly string[] = ['income', 'assets'];

/** Why I look at what is mine. */
const ownLook = 'own-data';

/** What is held of me, whom I agreed to what, who looked; correct it, take it away, take consent back. */
export function MyDataPage() {
  const { t, has, language } = useTexts();
  const cache = useQueryClient();
  const data = useQuery({ queryKey: ['me'], queryFn: () => sdk.ownData.get({}) });
  const looks = useQuery({ queryKey: ['looks'], queryFn: () => sdk.ownData.looks({ query: { limit: 50 } }) });
  const asked = useQuery({ queryKey: ['privacy'], queryFn: () => sdk.ownPrivacy.list({}) });
  const [phone, setPhone] = useState('');
  const withdraw = useMutation({
    mutationFn: (id: string) => sdk.ownData.withdraw({ params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['me'] }),
  });
  const correct = useMutation({
    mutationFn: () =>
      sdk.ownPrivacy.ask({
        body: { kind: 'correct', note: t('tenant.data.correctNote'), fields: [{ field: 'phone', value: phone }] },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['privacy'] }),
  });
  const leave = useMutation({
    mutationFn: () => sdk.sessions.end({}),
    onSuccess: async () => {
      await Promise.all([forgetPages(), forgetRepairs()]);
      cache.clear();
      location.assign('/tenant/');
    },
  });
  const named = (key: string, code: string) => (has(`${key}.${code}`) ? t(`${key}.${code}`) : code);
  return (
    <Page title={t('tenant.me')}>
      <Loaded of={data}>
        {(mine) => (
          <>
            <section className="card">
              <h2>{mine.name}</h2>
              {mine.values.map((value) => (
                <Row key={`${value.field} ${value.slot}`} name={named('tenant.field', value.field)}>
                  {inFen.includes(value.field) ? yuan(Number(value.value)) : value.value}
                </Row>
              ))}
              {mine.members.map((member) => (
                <Row key={member.person} name={named('tenant.relation', member.relation)}>
                  {member.name}
                </Row>
              ))}
              <div className="actions">
                <button type="button" onClick={() => keep(mine)}>
                  {t('tenant.data.export')}
                </button>
              </div>
              <label htmlFor="phone">{t('tenant.data.phone')}</label>
              <input
                id="phone"
                inputMode="tel"
                value={phone}
                onChange={(event) => setPhone(event.target.value.trim())}
              />
              <div className="actions">
                <button
                  type="button"
                  disabled={correct.isPending || correct.isSuccess || !/^1\d{10}$/.test(phone)}
                  onClick={() => correct.mutate()}
                >
                  {t(correct.isSuccess ? 'tenant.data.asked' : 'tenant.data.correct')}
                </button>
              </div>
              {correct.error && <Refusal cause={correct.error} />}
              {(asked.data ?? []).map((request) => (
                <p key={request.id} className="row">
                  <span>
                    {t(`tenant.data.request.${request.kind}`)} · {t(`tenant.data.answer.${request.state}`)}
                  </span>
                  <span className="quiet">{day(request.decidedAt ?? request.dueAt)}</span>
                </p>
              ))}
            </section>
            <section className="card">
              <h2>{t('tenant.data.consents')}</h2>
              {mine.consents.length === 0 && <p className="quiet">{t('tenant.nothing')}</p>}
              {mine.consents.map((consent) => (
                <p key={consent.id} className="row">
                  <span>{named('tenant.purpose', consent.purpose)}</span>
                  {consent.withdrawnAt ? (
                    <span className="quiet">{t('tenant.data.withdrawn')}</span>
                  ) : (
                    <button type="button" onClick={() => withdraw.mutate(consent.id)}>
                      {t('tenant.data.withdraw')}
                    </button>
                  )}
                </p>
              ))}
              {withdraw.error && <Refusal cause={withdraw.error} />}
            </section>
          </>
        )}
      </Loaded>
      <section className="card">
        <h2>{t('tenant.data.looks')}</h2>
        <Loaded of={looks}>
          {(lines) => {
            // One's own looks would hide those of others.
            const others = lines.filter(({ reason }) => reason !== ownLook);
            return (
              <>
                {others.length === 0 && <p className="quiet">{t('tenant.data.noLooks')}</p>}
                {others.map((look) => (
                  <p key={`${look.at} ${look.fields.join()}`} className="quiet">
                    {dateTime(look.at)} · {named('tenant.looker', look.by)} ·{' '}
                    {look.fields.map((field) => named('tenant.field', field)).join(language === 'en' ? ', ' : '、')}
                    {look.reason && ` · ${named('tenant.lookFor', look.reason)}`}
                  </p>
                ))}
                {others.length < lines.length && (
                  <p className="quiet">{t('tenant.data.ownLooks', { count: lines.length - others.length })}</p>
                )}
              </>
            );
          }}
        </Loaded>
      </section>
      <button type="button" onClick={() => leave.mutate()}>
        {t('tenant.signIn.leave')}
      </button>
    </Page>
  );
}
