import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../parts/Loaded.tsx';
import { minute } from '../parts/moment.ts';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

/** Who came in and when, by the log of my own door. */
export function KeyUsesPage() {
  const { t, has } = useTexts();
  const uses = useQuery({ queryKey: ['uses'], queryFn: () => sdk.ownDoorKeys.uses({}) });
  const named = (key: string, code: string) => (has(`${key}.${code}`) ? t(`${key}.${code}`) : code);
  return (
    <Page title={t('tenant.key.uses')} back="/keys">
      <p className="note">{t('tenant.use.guidance')}</p>
      <Loaded of={uses}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="card">{t('tenant.use.nothing')}</p>
          ) : (
            <ol className="card timeline">
              {lines.map((line) => (
                <li key={`${line.thing} ${line.seq}`} className={line.event === 'refused' ? 'bad' : ''}>
                  <strong>{named('tenant.use.event', line.event)}</strong>
                  {line.direction && ` · ${t(`tenant.use.direction.${line.direction}`)}`}
                  <br />
                  {line.means && `${named('tenant.key.kind', line.means)} `}
                  {line.label || line.holderName}
                  <br />
                  <span className="quiet">{minute(line.at)}</span>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Page>
  );
}
