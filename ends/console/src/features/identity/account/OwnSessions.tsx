import { ago, dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Popconfirm, Table, Tag } from 'antd';
import { said, sdk } from '../../../shell/sdk.ts';
import { useOwnChange, useOwnSessions } from '../queries.ts';
import { browserOf } from './user-agent.ts';

/** Where one is signed in, and ending what is not one's own doing. */
export function OwnSessions() {
  const { t, language } = useTexts();
  const { data, error, isPending } = useOwnSessions();
  const revoke = useOwnChange((id: string) => sdk.sessions.revoke({ params: { id } }));
  const problem = error ?? revoke.error;
  return (
    <>
      {problem ? <Alert type="error" showIcon title={said(problem)} style={{ marginBottom: 12 }} /> : null}
      <Table
        size="small"
        rowKey={(row) => row.id}
        loading={isPending && !error}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        dataSource={data?.items}
        columns={[
          {
            title: t('identity.browser'),
            render: (_, row) => (
              <span title={row.userAgent}>
                {browserOf(row.userAgent)} {row.current ? <Tag color="cyan">{t('identity.thisOne')}</Tag> : null}
              </span>
            ),
          },
          { title: t('identity.from'), width: 150, render: (_, row) => row.from },
          { title: t('identity.signedIn'), width: 170, render: (_, row) => dateTime(row.madeAt) },
          {
            title: t('identity.seen'),
            width: 130,
            render: (_, row) => <span title={dateTime(row.seenAt)}>{ago(row.seenAt, language)}</span>,
          },
          { title: t('identity.expiresAt'), width: 170, render: (_, row) => dateTime(row.expiresAt) },
          {
            title: '',
            width: 80,
            render: (_, row) =>
              row.current ? null : (
                <Popconfirm title={t('identity.endSessionSure')} onConfirm={() => revoke.mutate(row.id)}>
                  <Button size="small" type="text" danger>
                    {t('identity.end')}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
    </>
  );
}
