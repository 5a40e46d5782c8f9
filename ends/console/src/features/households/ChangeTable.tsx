import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Table, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { ChangeDrawer } from './ChangeDrawer.tsx';
import { changeColours } from './change-states.ts';
import { type ChangeRow, useChanges } from './queries.ts';

/** What the household asked to have changed, and what became of it. */
export function ChangeTable({ household }: { household: string }) {
  const t = useT();
  const list = useChanges({ household });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const [opened, setOpened] = useState<string>();
  return (
    <>
      <Table<ChangeRow>
        size="small"
        rowKey={(row) => row.id}
        dataSource={rows}
        loading={list.isPending && !list.error}
        locale={{ emptyText: <Typography.Text type="secondary">{t('households.nothingYet')}</Typography.Text> }}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('households.change'), render: (_, row) => t(`households.changes.${row.kind}`) },
          { title: t('households.submittedAt'), width: 170, render: (_, row) => dateTime(row.submittedAt) },
          {
            title: t('households.case'),
            width: 170,
            render: (_, row) => <Link to={`/cases/${row.caseId}`}>{row.caseCode}</Link>,
          },
          {
            title: t('households.state'),
            width: 110,
            render: (_, row) => <Tag color={changeColours[row.state]}>{t(`households.states.${row.state}`)}</Tag>,
          },
          { title: t('households.reason'), render: (_, row) => row.reason ?? '—' },
          {
            title: '',
            width: 90,
            render: (_, row) => (
              <Button size="small" onClick={() => setOpened(row.id)}>
                {t('households.look')}
              </Button>
            ),
          },
        ]}
      />
      {list.hasNextPage ? (
        <Flex justify="center" style={{ marginTop: 8 }}>
          <Button size="small" onClick={() => void list.fetchNextPage()}>
            {t('households.more')}
          </Button>
        </Flex>
      ) : null}
      <ChangeDrawer id={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}
