import { useT } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useDraft } from '../parts/draft.ts';
import { Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

const categories = ['water', 'electricity', 'door', 'appliance', 'building', 'other'] as const;
type Category = (typeof categories)[number];
const mediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
type MediaType = (typeof mediaTypes)[number];
const mostPhotos = 6;

const isImage = (type: string): type is MediaType => mediaTypes.some((each) => each === type);

async function putPhoto(file: File): Promise<string> {
  const mediaType = isImage(file.type) ? file.type : 'image/jpeg';
  const { id } = await sdk.ownRepairs.putPhoto({
    query: { name: file.name, mediaType },
    body: await file.arrayBuffer(),
  });
  return id;
}

/** What is broken, in three answers: what kind, what happened, photos. */
export function NewRepairPage() {
  const t = useT();
  const go = useNavigate();
  const cache = useQueryClient();
  const { words, write, forget } = useDraft('repair', { category: 'water' as Category, title: '', description: '' });
  const [files, setFiles] = useState<File[]>([]);
  const tell = useMutation({
    mutationFn: async () => {
      const photos = await Promise.all(files.map(putPhoto));
      return sdk.ownRepairs.tell({ body: { ...words, channel: 'app', photos } });
    },
    onSuccess: async ({ id }) => {
      forget();
      await cache.invalidateQueries({ queryKey: ['home'] });
      await go(`/repairs/${id}`);
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
        <label htmlFor="photos">{t('tenant.repair.photos', { most: mostPhotos })}</label>
        <input
          id="photos"
          type="file"
          accept={mediaTypes.join(',')}
          multiple
          onChange={(event) => setFiles([...(event.target.files ?? [])].slice(0, mostPhotos))}
        />
        <p className="note">{t('tenant.repair.guidance')}</p>
        {tell.error && <Refusal cause={tell.error} />}
        <button className="main" type="submit" disabled={tell.isPending}>
          {t('tenant.repair.send')}
        </button>
      </form>
    </Page>
  );
}
