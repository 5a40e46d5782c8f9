import { useT } from '@keystead/ui/i18n';
import { PhonePage } from '@keystead/ui/phone';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** A page below home: its title and the way back. */
export function Page({ back = '/', ...page }: { title: string; back?: string | null; children: ReactNode }) {
  const t = useT();
  const way = back !== null && (
    <Link to={back} aria-label={t('tenant.back')}>
      <span aria-hidden="true">←</span>&nbsp;{t('tenant.back')}
    </Link>
  );
  return <PhonePage {...page} name={t('tenant.name')} back={way} />;
}
