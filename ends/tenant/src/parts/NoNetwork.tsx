import { useT } from '@keystead/ui/i18n';
import { useOnline } from './offline.ts';

/** Says that what is shown may be of yesterday. */
export function NoNetwork() {
  const t = useT();
  return useOnline() ? null : (
    <p role="status" className="page note offline">
      {t('tenant.offline')}
    </p>
  );
}
