import { useT } from '@keystead/ui/i18n';
import { type FormEvent, useId, useState } from 'react';
import { within } from '../keep/progress.ts';
import type { Picture } from '../keep/senses.ts';
import type { Task } from '../keep/types.ts';
import { PhotoInput } from './PhotoInput.tsx';

type Point = NonNullable<Task['round']>['points'][number];

export interface PointSaid {
  readonly value?: number;
  readonly passed?: boolean;
  readonly note?: string;
  readonly picture?: Picture;
}

const limitsOf = ({ low, high, unit = '' }: Point): string => {
  const of =
    low !== undefined && high !== undefined ? `${low} – ${high}` : low !== undefined ? `≥ ${low}` : `≤ ${high}`;
  return `${of} ${unit}`.trim();
};

/** One point of a round: value or verdict, photo where it is asked for, a word where something is wrong. */
export function PointForm({ number, point, onSaid }: { number: number; point: Point; onSaid(said: PointSaid): void }) {
  const t = useT();
  const id = useId();
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<boolean>();
  const [note, setNote] = useState('');
  const [picture, setPicture] = useState<Picture>();
  const value = text.trim() === '' ? undefined : Number(text.replace(',', '.'));
  const measured = point.low !== undefined || point.high !== undefined;
  const good = measured ? within(point, value) : verdict;
  const isNumber = !measured || (value !== undefined && !Number.isNaN(value));
  const whole = isNumber && (measured || verdict !== undefined) && (!point.photo || picture !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSaid({
      ...(measured ? { value } : { passed: verdict }),
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(picture ? { picture } : {}),
    });
  };
  return (
    <form onSubmit={submit} className="point" aria-label={point.text}>
      {measured ? (
        <>
          <label htmlFor={id}>{t('field.value', { limits: limitsOf(point) })}</label>
          <input id={id} inputMode="decimal" value={text} onChange={(event) => setText(event.target.value)} />
          {value !== undefined && good === false && (
            <p role="status" className="note bad">
              {t('field.outOfLimits')}
            </p>
          )}
        </>
      ) : (
        <div className="two" role="radiogroup" aria-label={point.text}>
          {([true, false] as const).map((each) => (
            <label key={String(each)} className={verdict === each ? 'button choice chosen' : 'button choice'}>
              <input
                type="radio"
                name={`point-${number}`}
                checked={verdict === each}
                onChange={() => setVerdict(each)}
              />
              {t(each ? 'field.good' : 'field.bad')}
            </label>
          ))}
        </div>
      )}
      <PhotoInput
        label={t(point.photo ? 'field.photoAsked' : 'field.photo')}
        name={`point-${number}`}
        onTaken={setPicture}
      />
      {good === false && (
        <>
          <label htmlFor={`${id}-note`}>{t('field.whatIsWrong')}</label>
          <input id={`${id}-note`} maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} />
        </>
      )}
      <button type="submit" className="main" disabled={!whole}>
        {t('field.keepPoint')}
      </button>
    </form>
  );
}
