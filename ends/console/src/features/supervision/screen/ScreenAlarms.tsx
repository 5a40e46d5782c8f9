import { useT, useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Ago, useSoon } from '../../../parts/index.ts';
import { useLive } from '../../../shell/live.ts';
import { sdk } from '../../../shell/sdk.ts';

const queryKey = ['supervision', 'screen-alarms'];
const most = 8;

/** The gravest open alarms, then the newest; each leads to its own page. */
export function ScreenAlarms({ under }: { under: string | undefined }) {
  const { t, language } = useTexts();
  const words = useT();
  useLive('alarm.changed', useSoon(queryKey, 200));
  const { data } = useQuery({
    queryKey: [...queryKey, under],
    refetchInterval: 60_000,
    queryFn: async () => {
      const { items } = await sdk.alarms.list({
        query: { state: 'open', limit: 50, ...(under ? { place: under } : {}) },
      });
      return items.toSorted((a, b) => a.severity - b.severity || b.raisedAt.localeCompare(a.raisedAt)).slice(0, most);
    },
  });
  return (
    <section className="ks-screen-panel">
      <h2>{t('supervision.screen.alarms')}</h2>
      {data?.length === 0 ? <p className="ks-screen-empty">{words('supervision.screen.noAlarms')}</p> : null}
      {data?.map(({ id, severity, title, subject, raisedAt }) => (
        <Link key={id} to={`/alarms/${id}`} className="ks-screen-alarm">
          <SeverityMark severity={severity} word={false} />
          <div>
            <b>{language === 'en' ? title.en : title.zh}</b>
            <small>
              {subject.name} · <Ago at={raisedAt} />
            </small>
          </div>
        </Link>
      ))}
    </section>
  );
}
