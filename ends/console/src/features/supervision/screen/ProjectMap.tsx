import { useT, useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { sdk } from '../../../shell/sdk.ts';
import { type Measure, useParts } from '../queries.ts';
import { shownLarge } from '../shown.ts';
import { middleOf, spotsOf } from './layout.ts';

const mostProjects = 200;

/** Where projects lie; asked once, they do not move. */
const usePositions = () =>
  useQuery({
    queryKey: ['supervision', 'positions'],
    staleTime: 600_000,
    queryFn: async () => {
      const { items } = await sdk.places.list({ query: { kind: 'project', limit: mostProjects } });
      return new Map(items.map(({ id, geometry }) => [id, middleOf(geometry)]));
    },
  });

/** The projects as they lie to each other: larger with more homes, brighter with a higher figure; a click goes down to one. */
export function ProjectMap({ measure, place }: { measure: Measure; place: string | undefined }) {
  const t = useT();
  const own = useTexts().language === 'en' ? 'en' : 'zh';
  const { data } = useParts(measure.id, place, 'project');
  const { data: homes } = useParts('homes', place, 'project');
  const { data: positions } = usePositions();
  const projects = useMemo(() => (homes?.children ?? []).filter(({ num }) => num > 0).slice(0, mostProjects), [homes]);
  const spots = useMemo(
    () => new Map(spotsOf(projects.map(({ id }) => ({ id, at: positions?.get(id) }))).map((spot) => [spot.id, spot])),
    [projects, positions],
  );
  const values = new Map((data?.children ?? []).map(({ id, value }) => [id, value]));
  const most = Math.max(...[...values.values()].map((value) => value ?? 0), Number.EPSILON);
  const largest = Math.max(...projects.map(({ num }) => num), 1);
  const unit = measure.unit === 'ratio' ? '' : ` ${t(`supervision.units.${measure.unit}`)}`;
  const many = projects.length > 24;
  return (
    <section className="ks-screen-panel">
      <h2>{t('supervision.screen.map', { measure: measure.name[own] })}</h2>
      <div className="ks-screen-map">
        {homes && projects.length === 0 ? (
          <p className="ks-screen-empty">{t('supervision.screen.noProjects')}</p>
        ) : null}
        {projects.map(({ id, name, num }) => {
          const spot = spots.get(id);
          const value = values.get(id) ?? null;
          const [text, size] = shownLarge(measure.unit, value, own);
          const wide = (many ? 1.2 : 1.6) + Math.sqrt(num / largest) * (many ? 1.6 : 2.6);
          return (
            <Link
              key={id}
              to={`/supervision?measure=${measure.id}&place=${id}`}
              className="ks-screen-mark"
              data-project={id}
              style={{ left: `${spot?.x ?? 50}%`, top: `${spot?.y ?? 50}%` }}
            >
              <i
                className="ks-screen-dot"
                style={{ width: `${wide}em`, height: `${wide}em`, opacity: 0.3 + 0.7 * ((value ?? 0) / most) }}
              />
              <strong>
                {text}
                {size ? t(`supervision.sizes.${size}`) : ''}
                {many ? '' : unit}
              </strong>
              {many ? null : <span>{name}</span>}
            </Link>
          );
        })}
      </div>
    </section>
  );
}
