import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../parts/act.ts';
import { CaseLine } from '../parts/CaseLine.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

const services = ['renewal', 'swap', 'exit', 'changes', 'move-in', 'apply', 'queue', 'complaints'] as const;

/** Everything one can ask for, one line each; and what was asked for otherwise. */
export function ServicesPage() {
  const t = useT();
  const [description, setDescription] = useState('');
  const requests = useQuery({ queryKey: ['requests'], queryFn: () => sdk.ownRequests.list({}) });
  const act = useAct(() => setDescription(''));
  const tell = () =>
    act.mutate(() =>
      sdk.ownRequests.tell({
        body: { category: 'other', title: description.trim().slice(0, 200), description: description.trim() },
      }),
    );
  return (
    <Page title={t('tenant.requests')}>
      <nav className="lines" aria-label={t('tenant.requests')}>
        {services.map((each) => (
          <Link key={each} className="card" to={`/${each}`}>
            <h2>{t(`tenant.service.${each}.name`)}</h2>
            <span className="quiet">{t(`tenant.service.${each}.about`)}</span>
          </Link>
        ))}
      </nav>
      <section className="card">
        <label htmlFor="description">{t('tenant.request.else')}</label>
        <textarea
          id="description"
          rows={3}
          maxLength={2000}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        {act.error && <Refusal cause={act.error} />}
        <div className="actions">
          <button type="button" disabled={act.isPending || description.trim() === ''} onClick={tell}>
            {t('tenant.request.send')}
          </button>
        </div>
      </section>
      <Loaded of={requests}>{(lines) => lines.map((line) => <CaseLine key={line.id} of={line} to={null} />)}</Loaded>
    </Page>
  );
}
