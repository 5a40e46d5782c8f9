import { useT } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useDraft } from '../parts/draft.ts';
import { Refusal } from '../parts/Loaded.tsx';
import { useOnline } from '../parts/offline.ts';
import { Page } from '../parts/Page.tsx';
import { mostPhotos, Photos } from '../parts/Photos.tsx';
import { keepRepair, tellRepair } from '../parts/waiting-repairs.ts';
import { isProblem } from '../sdk.ts';

const categories = ['water', 'electricity', 'door', 'appliance', 'building', 'other'] as const;
type Category = (typeof categories)[number];
/** Under this a repair is told once, however often it is sent; `crypto.randomUUID` is missing on pages in clear text. */
const newDraftId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
/** What is broken, in three answers: what kind, what happened, photos. */
export function NewRepairPage() {
  const t = useT();
  const go = useNavigate();
  const cache = useQueryClient();
  const { words, write, forget } = useDraft('repair', { category: 'water' as Category, title: '', description: '' });
  const [files, setFiles] = useState<File[]>([]);
  const [draftId] = useState(newDraftId);
  const online = useOnline();
  const tell = useMutation({
    mutationFn: async () => {
      const draft = { ...words, id: draftId, photos: files };
      try {
        return await tellRepair(draft);
      } catch (cause) {
        if (!isProblem(cause, 'unreachable')) throw cause;
        await keepRepair(draft);
        return undefined;
      }
    },
    onSuccess: async (told) => {
      forget();
      await cache.invalidateQueries({ queryKey: ['home'] });
      await go(told ? `/repairs/${told.id}` : '/repairs');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    tell.mutate();
  };
  return (
    <Page title={t('tenant.repair.new')}>
      <form className="card" onSubmit={submit}>
        <fieldset>
          <legend>{t('tenant.repair.what')}</legend>
          <div className="choices">
            {categories.map((category) => (
              <label key={category} className="tick">
                <input
                  type="radio"
                  name="category"
                  checked={words.category === category}
                  onChange={() => write({ category })}
                />
                {t(`tenant.category.${category}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <label htmlFor="title">{t('tenant.repair.title')}</label>
        <input
          id="title"
          required
          maxLength={200}
          value={words.title}
          placeholder={t('tenant.repair.example')}
          onChange={(event) => write({ title: event.target.value })}
        />
        <label htmlFor="description">{t('tenant.repair.description')}</label>
        <textarea
          id="description"
          rows={3}
          maxLength={4000}
          value={words.description}
          onChange={(event) => write({ description: event.target.value })}
        />
        <Photos label={t('tenant.repair.photos', { most: mostPhotos })} files={files} onFiles={setFiles} />
        <p className="note">{t(online ? 'tenant.repair.guidance' : 'tenant.repair.offline')}</p>
        {tell.error && <Refusal cause={tell.error} />}
        <button className="main" type="submit" disabled={tell.isPending}>
          {t(online ? 'tenant.repair.send' : 'tenant.repair.keep')}
        </button>
      </form>
    </Page>
  );
}
