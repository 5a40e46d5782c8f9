import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Empty, Flex, Segmented, Table, Typography } from 'antd';
import { useMemo } from 'react';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Delivery, useDeliveries, useRetry } from './queries.ts';

/** Events that a part of the platform failed on: those that are tried again, and those given up. */
export function Deliveries() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { get, put } = useAddress();
  const givenUp = get('deliveries') !== 'all';
  const list = useDeliveries(givenUp);
  const retry = useRetry();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return (
    <Flex vertical gap={12}>
      <Segmented
        style={{ alignSelf: 'flex-start' }}
        value={givenUp ? 'given-up' : 'all'}
        options={[
          { value: 'given-up', label: t('system.onlyGivenUp') },
          { value: 'all', label: t('system.allFailing') },
        ]}
        onChange={(choice) => put({ deliveries: choice === 'all' ? 'all' : undefined })}
      />
      {list.error ? <Alert type="error" showIcon title={said(list.error)} /> : null}
      <Table<Delivery>
        size="middle"
        rowKey={(row) => `${row.event}:${row.subscription}`}
        loading={list.isPending && !list.error}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t(givenUp ? 'system.noneGivenUp' : 'system.noneFailing')}
            />
          ),
        }}
        columns={[
          { title: t('system.eventAt'), width: 170, render: (_, row) => dateTime(row.at) },
          { title: t('system.eventType'), render: (_, row) => <Typography.Text code>{row.type}</Typography.Text> },
          { title: t('system.subscription'), render: (_, row) => row.subscription },
          { title: t('system.attempts'), align: 'right', render: (_, row) => row.attempts },
          {
            title: t('system.nextAt'),
            width: 170,
            render: (_, row) => (row.nextAt ? dateTime(row.nextAt) : t('system.gaveUp')),
          },
          {
            title: t('system.error'),
            render: (_, row) => (
              <Typography.Text type="danger" ellipsis={{ tooltip: row.error }} style={{ maxWidth: 360 }}>
                {row.error}
              </Typography.Text>
            ),
          },
          {
            title: '',
            width: 100,
            render: (_, row) =>
              may('system:write') ? (
                <Button
                  size="small"
                  loading={
                    retry.isPending &&
                    retry.variables.event === row.event &&
                    retry.variables.subscription === row.subscription
                  }
                  onClick={() =>
                    retry.mutate(row, {
                      onSuccess: () => void message.success(t('system.retried')),
                      onError: (cause) => void message.error(said(cause)),
                    })
                  }
                >
                  {t('system.retry')}
                </Button>
              ) : null,
          },
        ]}
      />
      {list.hasNextPage ? (
        <Button
          style={{ alignSelf: 'center' }}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('system.more')}
        </Button>
      ) : null}
    </Flex>
  );
}
