import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { sha256 } from '../keep/chain.ts';
import { type Progress, progressOf } from '../keep/progress.ts';
import type { Picture } from '../keep/senses.ts';
import type { Act, Task } from '../keep/types.ts';
import { useKeeper, useKept } from '../keep/use-keeper.tsx';
import { FinishForm } from '../parts/FinishForm.tsx';
import { Page } from '../parts/Page.tsx';
import { PartsForm } from '../parts/PartsForm.tsx';
import { PhotoInput } from '../parts/PhotoInput.tsx';
import { Points } from '../parts/Points.tsx';
import { Scan } from '../parts/Scan.tsx';
import { State } from '../parts/State.tsx';

export type Say = (act: Act, picture?: Picture) => Promise<void>;

function Head({ task, progress }: { task: Task; progress: Progress }) {
  const t = useT();
  return (
    <section className="card">
      <p className="quiet">
        {t(`field.kind.${task.kind}`)} · {task.code}
      </p>
      <p>{task.trail.join(' · ')}</p>
      {task.description && <p>{task.description}</p>}
      {task.deadline && <p className="quiet">{t('field.until', { time: dateTime(task.deadline).slice(5, 16) })}</p>}
      {progress.scanned && <p className="good">✓ {t('field.onTheSpot')}</p>}
      {task.round && task.round.procedure.length > 0 && (
        <details>
          <summary>{t('field.procedure')}</summary>
          <ol>
            {task.round.procedure.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Items({ task, progress, say }: { task: Task; progress: Progress; say: Say }) {
  const t = useT();
  if (task.items.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('field.checklist')}</h2>
      {task.items.map(({ id, text, required }) => (
        <label key={id} className="tick">
          <input
            type="checkbox"
            checked={progress.ticked.has(id)}
            disabled={progress.ticked.has(id)}
            onChange={() => void say({ kind: 'tick', item: id })}
          />
          <span>
            {text}
            {!required && <span className="quiet"> {t('field.optional')}</span>}
          </span>
        </label>
      ))}
    </section>
  );
}

function Photos({ progress, say }: { progress: Progress; say: Say }) {
  const t = useT();
  const [picture, setPicture] = useState<Picture>();
  const [round, setRound] = useState(0);
  async function keep() {
    if (!picture) return;
    await say({ kind: 'photo', photo: await sha256(picture.bytes) }, picture);
    setPicture(undefined);
    setRound(round + 1);
  }
  return (
    <section className="card">
      <h2>{t('field.photos', { count: progress.evidence })}</h2>
      <PhotoInput key={round} label={t('field.takePhoto')} name="scene" onTaken={setPicture} />
      {picture && (
        <button type="button" className="main" onClick={() => void keep()}>
          {t('field.keepPhoto')}
        </button>
      )}
    </section>
  );
}

/** One task, from arriving to the end; everything works without a network. */
export function TaskPage() {
  const t = useT();
  const go = useNavigate();
  const { id } = useParams();
  const keeper = useKeeper();
  const kept = useKept();
  const [scanning, setScanning] = useState(false);
  const [strange, setStrange] = useState('');
  const task = kept.day?.tasks.find((each) => each.id === id);
  if (!task)
    return (
      <Page title={t('field.today')} back="/today">
        <p className="note">{t('field.taskGone')}</p>
      </Page>
    );
  const progress = progressOf(kept, task);
  const say: Say = (act, picture) => keeper.say(task.id, act, picture ? [picture] : []);
  function scanned(code: string) {
    setScanning(false);
    const known = task?.subjects.some((each) => each.code === code) ?? false;
    setStrange(known ? '' : code);
    if (known) void say({ kind: 'scan', code });
  }
  const working = progress.started && !progress.finished;
  return (
    <Page
      title={task.title}
      back="/today"
      hand={
        progress.started ? undefined : (
          <>
            <button type="button" onClick={() => setScanning(true)}>
              {t('field.scan')}
            </button>
            <button type="button" className="main" onClick={() => void say({ kind: 'start' })}>
              {t(task.open ? 'field.takeAndStart' : 'field.start')}
            </button>
          </>
        )
      }
    >
      <State />
      {strange && (
        <p role="alert" className="note bad">
          {t('field.strangeCode', { code: strange })}
        </p>
      )}
      <Head task={task} progress={progress} />
      {working && (
        <>
          {task.subjects.some(({ code }) => code !== null) && !progress.scanned && (
            <button type="button" onClick={() => setScanning(true)}>
              {t('field.scan')}
            </button>
          )}
          <Items task={task} progress={progress} say={say} />
          {task.round && <Points round={task.round} progress={progress} say={say} />}
          <Photos progress={progress} say={say} />
          <PartsForm
            parts={kept.day?.parts ?? []}
            used={progress.parts}
            onUsed={(part, quantity) => void say({ kind: 'part', part, quantity })}
          />
          {progress.lacks.length > 0 ? (
            <p className="note" role="status">
              {t('field.lacks', { what: progress.lacks.map((each) => t(`field.lack.${each}`)).join('、') })}
            </p>
          ) : (
            <FinishForm
              task={task}
              onSaid={async ({ picture, ...words }) => {
                const signature = picture ? { signature: await sha256(picture.bytes) } : {};
                await say({ kind: 'finish', ...words, ...signature }, picture);
                await go('/today');
              }}
            />
          )}
        </>
      )}
      {progress.finished && <p className="note good">{t('field.done')}</p>}
      {scanning && <Scan onCode={scanned} onClose={() => setScanning(false)} />}
    </Page>
  );
}
