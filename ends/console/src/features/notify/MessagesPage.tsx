import { ago, dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { Badge, Button, Flex, Segmented, Typography } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { pageOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Message, useFreshMessages, useMarkAllRead, useMarkRead, useMessages, useUnreadCount } from './queries.ts';

/** What the platform told the reader. Opening a message marks it read and leads to what it is about. */
export default function MessagesPage() {
  const { t, language } = useTexts();
  const navigate = useNavigate();
  const { get, put } = useAddress();
  const unread = get('show') !== 'all';
  const list = useMessages(unread);
  const count = useUnreadCount();
  const read = useMarkRead();
  const readAll = useMarkAllRead();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  useFreshMessages();
  const error = list.error ?? read.error ?? readAll.error;

  const open = (message: Message) => {
    if (!message.readAt) read.mutate(message.id);
    const page = pageOf(message.aboutKind, message.aboutId);
    if (page) void navigate(page);
  };

  return (
    <ListPage<Message>
      title={t('notify.messages')}
      actions={
        <Button disabled={!count.data?.count} loading={readAll.isPending} onClick={() => readAll.mutate(undefined)}>
          {t('notify.readAll')}
        </Button>
      }
      query={
        <Segmented
          value={unread ? 'unread' : 'all'}
          options={[
            { value: 'unread', label: t('notify.unread', { count: count.data?.count ?? 0 }) },
            { value: 'all', label: t('notify.all') },
          ]}
          onChange={(show) => put({ show: show === 'all' ? 'all' : undefined })}
        />
      }
      columns={[
        { title: t('notify.severity'), width: 90, render: (_, row) => <SeverityMark severity={row.severity} /> },
        {
          title: t('notify.message'),
          render: (_, row) => (
            <Flex vertical>
              <Flex gap={8} align="center">
                {row.readAt ? null : <Badge status="processing" aria-label={t('notify.isUnread')} />}
                <Typography.Text strong={!row.readAt}>{row.title}</Typography.Text>
              </Flex>
              <Typography.Text type="secondary" style={{ whiteSpace: 'pre-line' }}>
                {row.body}
              </Typography.Text>
            </Flex>
          ),
        },
        { title: t('notify.about'), width: 130, render: (_, row) => t(`notify.trigger.${row.trigger}`) },
        {
          title: t('notify.at'),
          width: 130,
          render: (_, row) => <span title={dateTime(row.createdAt)}>{ago(row.createdAt, language)}</span>,
        },
        {
          title: '',
          width: 100,
          render: (_, row) =>
            row.readAt ? null : (
              <Button
                size="small"
                onClick={(event) => {
                  event.stopPropagation();
                  read.mutate(row.id);
                }}
              >
                {t('notify.markRead')}
              </Button>
            ),
        },
      ]}
      rows={rows}
      rowKey={(row) => row.id}
      loading={list.isPending || list.isFetchingNextPage}
      error={error ? said(error) : undefined}
      onReload={() => void list.refetch()}
      onOpen={open}
      more={list.hasNextPage}
      onMore={() => void list.fetchNextPage()}
      empty={t(unread ? 'notify.emptyUnread' : 'notify.emptyAll')}
    />
  );
}
