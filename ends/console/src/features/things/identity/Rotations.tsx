import { SyncOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Progress, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../../shell/sdk.ts';
import { NewRotation } from './NewRotation.tsx';
import { type Rotation, useRotations } from './queries.ts';
import { RotationDrawer } from './RotationDrawer.tsx';

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((100 * part) / whole));

/** Renewing the secrets of many things: how far each campaign is. */
export function Rotations() {
  const t = useT();
  const list = useRotations();
  const [starting, setStarting] = useState(false);
  const [shown, setShown] = useState<string>();
  return (
    <>
      <ListPage<Rotation>
        title={t('things.identityPage.rotation')}
        total={list.data?.length}
        query={<Typography.Text type="secondary">{t('things.identityPage.rotationHint')}</Typography.Text>}
        actions={
          <Button type="primary" icon={<SyncOutlined />} onClick={() => setStarting(true)}>
            {t('things.identityPage.startRotation')}
          </Button>
        }
        columns={[
          { title: t('things.identityPage.startedAt'), width: 180, render: (_, row) => dateTime(row.madeAt) },
          { title: t('things.by'), width: 120, render: (_, row) => row.madeBy },
          {
            title: t('things.identityPage.delivery'),
            width: 150,
            render: (_, row) => t(`things.identityPage.deliveries.${row.delivery}`),
          },
          {
            title: t('things.identityPage.progress'),
            render: (_, row) => (
              <Progress
                size="small"
                percent={percent(row.done, row.total)}
                success={{ percent: percent(row.done, row.total) }}
                format={() => `${row.done} / ${row.total}`}
              />
            ),
          },
          { title: t('things.identityPage.delivered'), width: 100, align: 'right', render: (_, row) => row.delivered },
          {
            title: t('things.identityPage.lapsed'),
            width: 100,
            align: 'right',
            render: (_, row) => (
              <Typography.Text {...(row.lapsed > 0 ? { type: 'danger' as const } : {})}>{row.lapsed}</Typography.Text>
            ),
          },
          { title: t('things.identityPage.until'), width: 180, render: (_, row) => dateTime(row.until) },
        ]}
        rows={list.data}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => setShown(row.id)}
        empty={t('things.identityPage.noRotations')}
      />
      {starting ? <NewRotation onClose={() => setStarting(false)} /> : null}
      {shown ? <RotationDrawer id={shown} onClose={() => setShown(undefined)} /> : null}
    </>
  );
}
