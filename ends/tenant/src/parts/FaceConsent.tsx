import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sdk } from '../sdk.ts';
import { useAct } from './act.ts';
import { Confirm } from './Confirm.tsx';
import { Refusal } from './Loaded.tsx';
import { day } from './moment.ts';
import { orNothing } from './nothing.ts';

const purpose = 'biometric-key';

/** Face and fingerprint only for who agreed to just that; whoever did not opens with a PIN or a card as before. */
export function FaceConsent() {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const mine = useQuery({ queryKey: ['me'], queryFn: () => orNothing(() => sdk.ownData.get({})) });
  const act = useAct(() => setAsking(false));
  if (!mine.data) return null;
  const given = mine.data.consents.find((each) => each.purpose === purpose && !each.withdrawnAt);
  const say = () =>
    act.mutate(() =>
      given
        ? sdk.ownData.withdraw({ params: { id: given.id } })
        : sdk.ownData.consent({ body: { purposes: [purpose], wording: t('tenant.face.wording') } }),
    );
  return (
    <section className="card">
      <h2>{t('tenant.face.title')}</h2>
      <p>{given ? t('tenant.face.given', { day: day(given.givenAt) }) : t('tenant.face.not')}</p>
      <p className="note">{t('tenant.face.instead')}</p>
      {act.error && <Refusal cause={act.error} />}
      <div className="actions">
        <button type="button" className={given ? 'bad' : ''} onClick={() => setAsking(true)}>
          {t(given ? 'tenant.face.withdraw' : 'tenant.face.agree')}
        </button>
      </div>
      {asking && (
        <Confirm
          title={t(given ? 'tenant.face.withdraw' : 'tenant.face.agree')}
          yes={t(given ? 'tenant.face.yesWithdraw' : 'tenant.face.yesAgree')}
          busy={act.isPending}
          onYes={say}
          onNo={() => setAsking(false)}
        >
          <p>{t(given ? 'tenant.face.sureWithdraw' : 'tenant.face.wording')}</p>
        </Confirm>
      )}
    </section>
  );
}
