import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Account } from '../account.ts';
import { progressOf } from '../keep/progress.ts';
import type { Task } from '../keep/types.ts';
import { useKeeper, useKept } from '../keep/use-keeper.tsx';
import { Page } from '../parts/Page.tsx';
import { Scan } from '../parts/Scan.tsx';
import { State } from '../parts/State.tsx';

const clockOf = (moment: string): string => dateTime(moment).slice(5, 16);

function TaskCard({ task, number }: { task: Task; number: number }) {
  const t = useT();
  const kept = useKept();
  const { started, finished, read, waiting } = progressOf(kept, task);
  const late = task.deadline !== null && Date.parse(task.deadline) < Date.now();
  const points = task.round?.points.length ?? 0;
  const state = finished ? 'finished' : started ? 'started' : task.open ? 'open' : 'new';
  return (
    <li>
      <Link to={`/tasks/${task.id}`} className={finished ? 'card task finished' : 'card task'}>
        <span className="number" aria-hidden="true">
          {finished ? '✓' : number}
        </span>
        <span className="task-words">
          <strong>{task.title}</strong>
          <span className="quiet">
            {t(`field.kind.${task.kind}`)} · {task.code}
          </span>
          <span className="quiet">
            {t(`field.state.${state}`)}
            {points > 0 && ` · ${t('field.points', { read: read.size, points })}`}
            {waiting > 0 && ` · ${t('field.waiting', { count: waiting })}`}
          </span>
          {task.deadline && (
            <span className={late && !finished ? 'late' : 'quiet'}>
              {t(late && !finished ? 'field.late' : 'field.until', { time: clockOf(task.deadline) })}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

/** Tasks of one place together, in the order they came: that of the way. */
function stopsOf(tasks: readonly Task[]): { place: string; tasks: { task: Task; number: number }[] }[] {
  const stops: { place: string; tasks: { task: Task; number: number }[] }[] = [];
  tasks.forEach((task, at) => {
    const place = task.trail.join(' · ');
    const last = stops.at(-1);
    if (last?.place === place) last.tasks.push({ task, number: at + 1 });
    else stops.push({ place, tasks: [{ task, number: at + 1 }] });
  });
  return stops;
}

/** Today's tasks by route. */
export function DayPage({ account }: { account: Account }) {
  const t = useT();
  const go = useNavigate();
  const keeper = useKeeper();
  const { day, log } = useKept();
  const [scanning, setScanning] = useState(false);
  const [strange, setStrange] = useState('');
  const refused = log.filter(({ seen, outcome }) => !seen && outcome === 'refused');
  function found(code: string) {
    setScanning(false);
    const task = day?.tasks.find(({ subjects }) => subjects.some((each) => each.code === code));
    setStrange(task ? '' : code);
    if (task) void go(`/tasks/${task.id}`);
  }
  return (
    <Page
      title={t('field.today')}
      hand={
        <>
          <button type="button" onClick={() => setScanning(true)}>
            {t('field.scan')}
          </button>
          <button type="button" onClick={() => void keeper.refresh().then(() => keeper.send())}>
            {t('field.refresh')}
          </button>
        </>
      }
    >
      <p className="quiet">
        {account.name}
        {day && ` · ${t('field.asOf', { time: clockOf(day.at) })}`}
      </p>
      <State />
      {refused.length > 0 && (
        <section className="note bad" role="alert">
          <h2>{t('field.refused', { count: refused.length })}</h2>
          <ul>
            {refused.map((each) => (
              <li key={each.number}>
                {t(`field.act.${each.kind}`)}：{each.refusal?.title}
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => void keeper.note()}>
            {t('field.noted')}
          </button>
        </section>
      )}
      {strange && (
        <p role="alert" className="note bad">
          {t('field.strangeCode', { code: strange })}
        </p>
      )}
      {day && day.tasks.length === 0 && <p className="note">{t('field.nothing')}</p>}
      {!day && <p className="note">{t('field.noDay')}</p>}
      {stopsOf(day?.tasks ?? []).map(({ place, tasks }) => (
        <section key={`${place} ${tasks[0]?.number}`}>
          <h2 className="stop">{place || t('field.nowhere')}</h2>
          <ol className="tasks">
            {tasks.map(({ task, number }) => (
              <TaskCard key={task.id} task={task} number={number} />
            ))}
          </ol>
        </section>
      ))}
      {scanning && <Scan onCode={found} onClose={() => setScanning(false)} />}
    </Page>
  );
}
