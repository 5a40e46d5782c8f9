import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAct } from '../parts/act.ts';
import { CaseLine } from '../parts/CaseLine.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

const categories = ['service', 'neighbours', 'facilities', 'charges', 'other'] as const;

/** Complaints: what about and what happened; and what became of those before. */
export function ComplaintsPage() {
  const t = useT();
  const [category, setCategory] = useState<(typeof categories)[number]>('service');
  const [words, setWords] = useState('');
  const complaints = useQuery({ queryKey: ['complaints'], queryFn: () => sdk.ownComplaints.list({}) });
  const act = useAct(() => setWords(''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const description = words.trim();
    act.mutate(() => sdk.ownComplaints.tell({ body: { category, title: description.slice(0, 60), description } }));
  };
  return (
    <Page title={t('tenant.complaint.title')} back="/services">
      <form className="card" onSubmit={submit}>
        <label htmlFor="category">{t('tenant.complaint.about')}</label>
        <select
          id="category"
          value={category}
          onChange={(event) => setCategory(categories.find((each) => each === event.target.value) ?? 'other')}
        >
          {categories.map((each) => (
            <option key={each} value={each}>
              {t(`tenant.complaint.categories.${each}`)}
            </option>
          ))}
        </select>
        <label htmlFor="words">{t('tenant.complaint.words')}</label>
        <textarea
          id="words"
          rows={4}
          maxLength={2000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {act.error && <Refusal cause={act.error} />}
        <div className="actions">
          <button type="submit" className="main" disabled={act.isPending || words.trim() === ''}>
            {t('tenant.complaint.send')}
          </button>
        </div>
      </form>
      <Loaded of={complaints}>
        {(lines) => lines.map((line) => <CaseLine key={line.id} of={line} to={`/complaints/${line.id}`} />)}
      </Loaded>
    </Page>
  );
}
