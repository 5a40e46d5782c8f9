import { useT } from '@keystead/ui/i18n';
import { Button, Drawer } from 'antd';
import { Link } from 'react-router';
import { AlarmBody } from './AlarmBody.tsx';

/** A look at one alarm beside the list; its page is for work. */
export function AlarmDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={560}
      title={t('alarms.one')}
      extra={
        id ? (
          <Link to={`/alarms/${id}`}>
            <Button size="small">{t('alarms.openPage')}</Button>
          </Link>
        ) : null
      }
    >
      {id ? <AlarmBody id={id} /> : null}
    </Drawer>
  );
}
