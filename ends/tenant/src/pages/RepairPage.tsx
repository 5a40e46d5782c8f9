import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { CaseLine } from '../parts/CaseLine.tsx';
import { Judging } from '../parts/Judging.tsx';
import { Loaded, Refusal } from '../parts/Loaded.tsx';
import { Page } from '../parts/Page.tsx';
import { sdk } from '../sdk.ts';

const refresh = 3_000; // ms
/** What nobody did by hand stands under the name of the platform's own task. */
const isTask = (name: string): boolean => /^[a-z-]+\.[a-z-]+$/.test(name);

/** How far a repair is: a timeline with who and when; at its end one says whether it is good, and how good. */
export function RepairPage() {
  return <OwnCase own={sdk.ownRepairs} at="repairs" />;
}

/** A complaint and its answer, looked at and judged in the same way. */
export function ComplaintPage() {
  return <OwnCase own={sdk.ownComplaints} at="complaints" />;
}

function OwnCase({ own, at }: { own: Omit<typeof sdk.ownRepairs, 'tell' | 'list' | 'putPhoto'>; at: string }) {
  const t = useT();
  const { id = '' } = useParams();
  const cache = useQueryClient();
  const key = [at, id];
  const repair = useQuery({
    queryKey: key,
    queryFn: () => own.get({ params: { id } }),
    refetchInterval: refresh,
  });
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  });
  return (
    <Page title={t(at === 'repairs' ? 'tenant.repair.one' : 'tenant.complaint.one')} back={`/${at}`}>
      <Loaded of={repair}>
        {(file) => (
          <>
            <CaseLine of={file} to={null} />
            {file.description && <p className="card">{file.description}</p>}
            {file.photos.length > 0 && (
              <div className="card photos">
                {file.photos.map((photo, index) => (
                  <img
                    key={photo}
                    src={`/api/v1/own-${at}/${id}/photos/${photo}`}
                    alt={t('tenant.repair.photo', { number: index + 1 })}
                  />
                ))}
              </div>
            )}
            <Judging own={own} of={file} busy={act.isPending} act={act.mutate} />
            {act.error && <Refusal cause={act.error} />}
            <section className="card">
              <h2>{t('tenant.repair.progress')}</h2>
              <ol className="timeline">
                {file.history.map((line) => (
                  <li key={`${line.at} ${line.step}`}>
                    <strong>{t(`tenant.state.${line.to}`)}</strong>
                    <br />
                    <span className="quiet">
                      {dateTime(line.at)} · {isTask(line.by) ? t('tenant.repair.platform') : line.by}
                    </span>
                  </li>
                ))}
              </ol>
            </section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
