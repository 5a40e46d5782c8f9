import { useT } from '@keystead/ui/i18n';
import { type FormEvent, useState } from 'react';
import type { Picture } from '../keep/senses.ts';
import type { Task } from '../keep/types.ts';
import { SignaturePad } from './SignaturePad.tsx';

export interface FinishSaid {
  readonly note: string;
  readonly problems?: string;
  readonly actions?: string;
  readonly picture?: Picture;
}

/** The end of a task: what was done, and a signature; a maintenance also says what was found and decided. */
export function FinishForm({ task, onSaid }: { task: Task; onSaid(said: FinishSaid): void }) {
  const t = useT();
  const [note, setNote] = useState('');
  const [problems, setProblems] = useState('');
  const [actions, setActions] = useState('');
  const [picture, setPicture] = useState<Picture>();
  const maintained = task.kind === 'maintenance';
  const told = note.trim() !== '' && (!maintained || (problems.trim() !== '' && actions.trim() !== '' && picture));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSaid({
      note: note.trim(),
      ...(maintained ? { problems: problems.trim(), actions: actions.trim() } : {}),
      ...(picture ? { picture } : {}),
    });
  };
  return (
    <form onSubmit={submit} className="card">
      <h2>{t('field.finish')}</h2>
      <label htmlFor="note">{t(maintained ? 'field.content' : 'field.result')}</label>
      <textarea id="note" rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
      {maintained && (
        <>
          <label htmlFor="problems">{t('field.problems')}</label>
          <textarea
            id="problems"
            rows={2}
            maxLength={2000}
            value={problems}
            placeholder={t('field.noneFound')}
            onChange={(event) => setProblems(event.target.value)}
          />
          <label htmlFor="actions">{t('field.actions')}</label>
          <textarea
            id="actions"
            rows={2}
            maxLength={2000}
            value={actions}
            onChange={(event) => setActions(event.target.value)}
          />
        </>
      )}
      <SignaturePad
        label={t(task.kind === 'repair' ? 'field.residentSignature' : 'field.ownSignature')}
        onDrawn={setPicture}
      />
      <button type="submit" className="main" disabled={!told}>
        {t('field.finishNow')}
      </button>
    </form>
  );
}
