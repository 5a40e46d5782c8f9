import { MailOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Badge, Button } from 'antd';
import { Link } from 'react-router';
import { useFreshMessages, useUnreadCount } from './queries.ts';

/** How many messages are unread, and the way to them. */
export function MessageBell() {
  const t = useT();
  const { data } = useUnreadCount();
  useFreshMessages();
  const count = data?.count ?? 0;
  return (
    <Link to="/messages" aria-label={t('notify.unreadCount', { count })}>
      <Badge count={count} size="small" overflowCount={99} color="#64748b" offset={[0, 4]}>
        <Button type="text" icon={<MailOutlined />} tabIndex={-1} aria-hidden />
      </Badge>
    </Link>
  );
}
