import { useT } from '@keystead/ui/i18n';
import { sha256 } from '../keep/chain.ts';
import type { Progress } from '../keep/progress.ts';
import type { Picture } from '../keep/senses.ts';
import type { Act, Task } from '../keep/types.ts';
import { PointForm, type PointSaid } from './PointForm.tsx';

type Round = NonNullable<Task['round']>;

/** The points of a round: those that were read, and the next one open to be read. */
export function Points(props: { round: Round; progress: Progress; say(act: Act, picture?: Picture): Promise<void> }) {
  const { round, progress, say } = props;
  const t = useT();
  const next = round.points.findIndex((_, at) => !progress.read.has(at + 1));
  async function keep(point: number, { picture, ...reading }: PointSaid) {
    const photo = picture ? { photo: await sha256(picture.bytes) } : {};
    await say({ kind: 'read', round: round.id, point, ...reading, ...photo }, picture);
  }
  return (
    <section className="card">
      <h2>{t('field.points', { read: progress.read.size, points: round.points.length })}</h2>
      <ol className="points">
        {round.points.map((point, at) => (
          <li key={point.text}>
            <details open={at === next}>
              <summary>
                {progress.read.has(at + 1) ? '✓ ' : ''}
                {point.text}
                {point.photo && <span className="quiet"> {t('field.withPhoto')}</span>}
              </summary>
              {!progress.read.has(at + 1) && (
                <PointForm number={at + 1} point={point} onSaid={(said) => void keep(at + 1, said)} />
              )}
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
