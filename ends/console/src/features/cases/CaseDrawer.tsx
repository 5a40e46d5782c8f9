import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Drawer, Flex, Skeleton } from 'antd';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { CaseHeader } from './CaseHeader.tsx';
import { Overview } from './Overview.tsx';
import { useCase } from './queries.ts';

/** A look at one case beside the list; its page is for work. */
export function CaseDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { data, error } = useCase(id);
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={720}
      title={t('cases.one')}
      extra={
        id ? (
          <Link to={`/cases/${id}`}>
            <Button size="small">{t('cases.openPage')}</Button>
          </Link>
        ) : null
      }
    >
      {error ? <Alert type="error" title={said(error)} /> : null}
      {data && id ? (
        <Flex vertical gap={20}>
          <CaseHeader file={data} />
          <Overview file={data} />
        </Flex>
      ) : error ? null : (
        <Skeleton active />
      )}
    </Drawer>
  );
}
