import { useT } from '@keystead/ui/i18n';
import { PhonePage } from '@keystead/ui/phone';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** A page with its title, the way back, and what the thumb reaches at the bottom. */
export function Page({ back, ...page }: { title: string; back?: string; hand?: ReactNode; children: ReactNode }) {
  const t = useT();
  const way = back !== undefined && (
    <Link to={back} className="back" aria-label={t('field.back')}>
      <span aria-hidden="true">←</span>
    </Link>
  );
  return <PhonePage {...page} name={t('field.name')} back={way} />;
}
