import { useT } from '@keystead/ui/i18n';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';

/** A page below home: its title and the way back. */
export function Page({ title, back = '/', children }: { title: string; back?: string | null; children: ReactNode }) {
  const t = useT();
  useEffect(() => {
    document.title = `${title} · ${t('tenant.name')}`;
  }, [title, t]);
  return (
    <div className="page">
      <header className="bar">
        {back !== null && (
          <Link to={back} aria-label={t('tenant.back')}>
            <span aria-hidden="true">←</span>&nbsp;{t('tenant.back')}
          </Link>
        )}
        <h1>{title}</h1>
      </header>
      <main>{children}</main>
    </div>
  );
}
