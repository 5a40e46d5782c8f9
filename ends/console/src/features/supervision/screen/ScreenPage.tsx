import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { AppearanceFixed } from '@keystead/ui/theme';
import { Link } from 'react-router';
import { useAddress, useNow, usePlace } from '../../../parts/index.ts';
import { useLiveState } from '../../../shell/live.ts';
import { useSession } from '../../../shell/session.tsx';
import { useBoard, useMeasures } from '../queries.ts';
import { ProjectMap } from './ProjectMap.tsx';
import { chosenPages, pageAt, secondsOf } from './rotation.ts';
import { ScreenAlarms } from './ScreenAlarms.tsx';
import { ScreenFigure } from './ScreenFigure.tsx';
import './screen.css';

const headlines = ['vacancy', 'occupancy', 'collection'];

/**
 * The big screen 大屏: three figures that are told live, a page of figures and a map that turn by the clock, alarms on the
 * right. `?pages=house,fee` says which pages, `?every=30` how long each stays, `?page=fee` holds one.
 */
export default function ScreenPage() {
  const { t, language } = useTexts();
  const { get, put } = useAddress();
  const { may } = useSession();
  const place = get('place');
  const now = useNow(1);
  const live = useLiveState();
  const { data: ground } = usePlace(place);
  const { data: board } = useBoard(place);
  const { data: measures = [] } = useMeasures();
  const pages = chosenPages(get('pages'));
  const held = pages.findIndex(({ name }) => name === get('page'));
  const page = pages[held === -1 ? pageAt(now, secondsOf(get('every')), pages.length) : held];
  const rowsOf = (measure: string) => `/supervision?measure=${measure}&view=rows${place ? `&place=${place}` : ''}`;
  const figure = (id: string) => {
    const measure = measures.find((each) => each.id === id);
    if (!measure) return null;
    const told = board?.figures.find((each) => each.measure === id);
    return <ScreenFigure key={id} measure={measure} figure={told} to={rowsOf(id)} />;
  };
  const mapped = measures.find(({ id }) => id === page?.map);
  return (
    <AppearanceFixed appearance="dark">
      <main className="ks-screen" lang={language}>
        <header className="ks-screen-head">
          <Link to={`/supervision${place ? `?place=${place}` : ''}`}>
            <h1>{ground ? t('supervision.screen.of', { place: ground.name }) : t('supervision.screen.title')}</h1>
          </Link>
          <nav className="ks-screen-pages">
            {pages.map(({ name }) => (
              <button
                key={name}
                type="button"
                aria-pressed={name === page?.name}
                onClick={() => put({ page: get('page') === name ? undefined : name })}
              >
                {t(`supervision.screen.pages.${name}`)}
              </button>
            ))}
          </nav>
          <span className="ks-screen-clock">{live === 'lost' ? t('supervision.screen.lost') : dateTime(now)}</span>
        </header>
        <section className="ks-screen-headlines">{headlines.map(figure)}</section>
        <section className="ks-screen-body">
          <div className="ks-screen-side">{page?.figures.map(figure)}</div>
          {mapped ? <ProjectMap measure={mapped} place={place} /> : <div />}
          {may('alarm:read') ? <ScreenAlarms under={ground?.path} /> : <div />}
        </section>
      </main>
    </AppearanceFixed>
  );
}
