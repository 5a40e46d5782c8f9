import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { saidOf } from '../keep/types.ts';
import { useKeeper, useKept } from '../keep/use-keeper.tsx';
import { Page } from '../parts/Page.tsx';
import { State } from '../parts/State.tsx';

/** What waits to be sent, and what became of what was. */
export function OutboxPage({ onSignIn }: { onSignIn(): void }) {
  const t = useT();
  const keeper = useKeeper();
  const { queue, log, sending, trouble, day } = useKept();
  const codes = new Map(day?.tasks.map(({ id, code }) => [id, code]));
  const line = (text: string) => {
    const { at, act, case: of } = saidOf({ text });
    return `${dateTime(at).slice(5)} · ${t(`field.act.${act.kind}`)}${codes.has(of) ? ` · ${codes.get(of)}` : ''}`;
  };
  return (
    <Page
      title={t('field.outbox')}
      back="/today"
      hand={
        <button type="button" className="main" disabled={queue.length === 0} onClick={() => void keeper.send()}>
          {t('field.sendNow')}
        </button>
      }
    >
      <State />
      {sending === 'signed-out' && (
        <div className="note">
          <p>{t('field.signInAgain', { count: queue.length })}</p>
          <button type="button" onClick={onSignIn}>
            {t('field.signIn.enter')}
          </button>
        </div>
      )}
      {trouble && (
        <div role="alert" className="note bad">
          <p>{trouble}</p>
          <button type="button" onClick={() => void keeper.renew()}>
            {t('field.newChain')}
          </button>
        </div>
      )}
      <section className="card">
        <h2>{t('field.waiting', { count: queue.length })}</h2>
        <ol className="lines">
          {queue.map(({ number, text }) => (
            <li key={number}>{line(text)}</li>
          ))}
        </ol>
        {queue.length === 0 && <p className="quiet">{t('field.allSent')}</p>}
      </section>
      <section className="card">
        <h2>{t('field.sent')}</h2>
        <ol className="lines">
          {[...log].reverse().map((each) => (
            <li key={each.number}>
              {each.outcome === 'done' ? '✓' : '✗'} {each.text === '' ? each.kind : line(each.text)}
              {each.refusal && <span className="late">{each.refusal.title}</span>}
              {each.marks.map((mark) => (
                <span key={mark} className="quiet">
                  {t(`field.mark.${mark}`)}
                </span>
              ))}
            </li>
          ))}
        </ol>
        {log.length === 0 && <p className="quiet">{t('field.nothingSent')}</p>}
      </section>
    </Page>
  );
}
