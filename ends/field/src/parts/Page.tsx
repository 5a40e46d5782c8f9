import { useT } from '@keystead/ui/i18n';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';

/** A page with its title, the way back, and what the thumb reaches at the bottom. */
export function Page(props: { title: string; back?: string; hand?: ReactNode; children: ReactNode }) {
  const { title, back, hand, children } = props;
  const t = useT();
  useEffect(() => {
    document.title = `${title} · ${t('field.name')}`;
  }, [title, t]);
  return (
    <div className={hand ? 'page with-hand' : 'page'}>
      <header className="bar">
        {back !== undefined && (
          <Link to={back} className="back" aria-label={t('field.back')}>
            <span aria-hidden="true">←</span>
          </Link>
        )}
        <h1>{title}</h1>
      </header>
      <main>{children}</main>
      {hand && <nav className="hand">{hand}</nav>}
    </div>
  );
}
