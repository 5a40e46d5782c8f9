import { siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { Photos, photoQuery } from '../parts/Photos.tsx';
import { sdk } from '../sdk.ts';

const kinds = ['income', 'members', 'housing'] as const;
const relations = ['spouse', 'child', 'parent', 'sibling', 'grandchild', 'other'] as const;

/** Tells of a change: what kind, what it is now, pictures that prove it. Nothing changes before somebody approves it. */
export function NewChangePage() {
  const t = useT();
  const go = useNavigate();
  const cache = useQueryClient();
  const me = useQuery({ queryKey: ['me'], queryFn: () => sdk.ownData.get({}) });
  const [kind, setKind] = useState<(typeof kinds)[number]>('income');
  const [value, setValue] = useState('');
  const [joins, setJoins] = useState(true);
  const [relation, setRelation] = useState<(typeof relations)[number]>('child');
  const [person, setPerson] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const others = (me.data?.members ?? []).filter(({ relation }) => relation !== 'applicant');

  const change = () => {
    if (kind === 'income')
      return { fields: [{ field: 'income' as const, value: String(Math.round(Number(value) * 100)) }] };
    if (kind === 'housing') return { fields: [{ field: 'housing' as const, value: value.trim() }] };
    return joins
      ? { join: [{ name: value.trim(), relation, from: siteDate() }] }
      : { leave: [{ person, until: siteDate() }] };
  };
  const tell = useMutation({
    mutationFn: async () => {
      const evidence: string[] = [];
      for (const file of files) {
        const put = await sdk.ownHousehold.putFile({ query: photoQuery(file), body: await file.arrayBuffer() });
        evidence.push(put.id);
      }
      // Whose income it is: the one who signs in tells of his own.
      const whose = kind === 'income' && me.data ? { person: me.data.id } : {};
      return sdk.ownHousehold.submitChange({ body: { kind, change: change(), evidence, ...whose } });
    },
    onSuccess: async () => {
      await cache.invalidateQueries();
      await go('/changes');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    tell.mutate();
  };
  return (
    <Page title={t('tenant.change.new')} back="/changes">
      <form className="card" onSubmit={submit}>
        <fieldset>
          <legend>{t('tenant.change.what')}</legend>
          <div className="choices">
            {kinds.map((each) => (
              <label key={each} className="tick">
                <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
                {t(`tenant.change.kind.${each}`)}
              </label>
            ))}
          </div>
        </fieldset>
        {kind === 'members' && (
          <fieldset>
            <legend>{t('tenant.change.who')}</legend>
            <div className="choices">
              <label className="tick">
                <input type="radio" name="joins" checked={joins} onChange={() => setJoins(true)} />
                {t('tenant.change.joins')}
              </label>
              <label className="tick">
                <input type="radio" name="joins" checked={!joins} onChange={() => setJoins(false)} />
                {t('tenant.change.leaves')}
              </label>
            </div>
          </fieldset>
        )}
        {kind === 'members' && joins && (
          <>
            <label htmlFor="relation">{t('tenant.change.relation')}</label>
            <select
              id="relation"
              value={relation}
              onChange={(event) => setRelation(relations.find((each) => each === event.target.value) ?? 'other')}
            >
              {relations.map((each) => (
                <option key={each} value={each}>
                  {t(`tenant.relation.${each}`)}
                </option>
              ))}
            </select>
          </>
        )}
        {kind === 'members' && !joins ? (
          <>
            <label htmlFor="person">{t('tenant.change.leaver')}</label>
            <select id="person" required value={person} onChange={(event) => setPerson(event.target.value)}>
              <option value="">{t('tenant.choose.one')}</option>
              {others.map((each) => (
                <option key={each.person} value={each.person}>
                  {each.name}
                </option>
              ))}
            </select>
          </>
        ) : (
          <>
            <label htmlFor="value">{t(`tenant.change.value.${kind}`)}</label>
            <input
              id="value"
              required
              maxLength={kind === 'housing' ? 500 : 100}
              {...(kind === 'income' ? { inputMode: 'decimal' as const, pattern: '\\d{1,9}(\\.\\d{1,2})?' } : {})}
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          </>
        )}
        <Photos label={t('tenant.change.photos')} required files={files} onFiles={setFiles} />
        <p className="note">{t('tenant.change.guidance')}</p>
        {tell.error && <Refusal cause={tell.error} />}
        <button className="main" type="submit" disabled={tell.isPending || files.length === 0}>
          {t('tenant.change.send')}
        </button>
      </form>
    </Page>
  );
}
