import { useT } from '@keystead/ui/i18n';
import { Button, Result } from 'antd';
import { Link } from 'react-router';

/** Where nothing is, or nothing for this person. */
export function MissingPage({ reason }: { reason: 'missing' | 'forbidden' }) {
  const t = useT();
  return (
    <Result
      status={reason === 'missing' ? '404' : '403'}
      title={t(reason === 'missing' ? 'shell.pageMissing' : 'shell.pageForbidden')}
      extra={
        <Link to="/">
          <Button type="primary">{t('shell.home')}</Button>
        </Link>
      }
    />
  );
}
