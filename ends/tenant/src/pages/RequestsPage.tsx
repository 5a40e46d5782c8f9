import { useT } from '@keystead/ui/i18n';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CaseLine } from '../parts/CaseLine.tsx';
import { Confirm } from '../parts/Confirm.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

const subjects = ['renewal', 'exit', 'swap', 'other'] as const;
type Subject = (typeof subjects)[number];

/** Renewal, exit, another house: asked here, answered by the office. */
export function RequestsPage() {
  const t = useT();
  const cache = useQueryClient();
  const [category, setCategory] = useState<Subject>('renewal');
  const [description, setDescription] = useState('');
  const [asking, setAsking] = useState(false);
  const requests = useQuery({ queryKey: ['requests'], queryFn: () => sdk.ownRequests.list({}) });
  const tell = useMutation({
    mutationFn: () => sdk.ownRequests.tell({ body: { category, title: t(`tenant.request.${category}`), description } }),
    onSuccess: () => {
      setDescription('');
      return cache.invalidateQueries({ queryKey: ['requests'] });
    },
    onSettled: () => setAsking(false),
  });
  return (
    <Page title={t('tenant.requests')}>
      <section className="card">
        <label htmlFor="subject">{t('tenant.request.what')}</label>
        <select
          id="subject"
          value={category}
          onChange={(event) => setCategory(subjects.find((each) => each === event.target.value) ?? 'other')}
        >
          {subjects.map((each) => (
            <option key={each} value={each}>
              {t(`tenant.request.${each}`)}
            </option>
          ))}
        </select>
        <label htmlFor="description">{t('tenant.request.description')}</label>
        <textarea
          id="description"
          rows={3}
          maxLength={4000}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        {tell.error && <Refusal cause={tell.error} />}
        <div className="actions">
          <button type="button" className="main" onClick={() => setAsking(true)}>
            {t('tenant.request.send')}
          </button>
        </div>
        {asking && (
          <Confirm
            title={t(`tenant.request.${category}`)}
            yes={t('tenant.request.yes')}
            busy={tell.isPending}
            onYes={() => tell.mutate()}
            onNo={() => setAsking(false)}
          >
            <p>{t(category === 'exit' ? 'tenant.request.sureExit' : 'tenant.request.sure')}</p>
          </Confirm>
        )}
      </section>
      <Loaded of={requests}>{(lines) => lines.map((line) => <CaseLine key={line.id} of={line} to={null} />)}</Loaded>
    </Page>
  );
}
