import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Tag, Typography } from 'antd';
import { useState } from 'react';
import { EnabledSwitch, useNow } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useModels } from '../queries.ts';
import { useModelWords } from '../words.ts';
import { NewProvisionKey } from './NewProvisionKey.tsx';
import { type ProvisionKey, useIdentityChange, useProvisionKeys } from './queries.ts';

/** Keys devices of a product register themselves with (一型一密). */
export function ProvisionKeys() {
  const t = useT();
  const { message } = App.useApp();
  const now = useNow();
  const nameOf = useModelWords(useModels().data).model;
  const list = useProvisionKeys();
  const open = useIdentityChange(({ id, enabled }: Pick<ProvisionKey, 'id' | 'enabled'>) =>
    sdk.things.openProvisionKey({ params: { id }, body: { enabled } }),
  );
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<ProvisionKey>
        title={t('things.identityPage.keys')}
        total={list.data?.length}
        query={<Typography.Text type="secondary">{t('things.identityPage.keysHint')}</Typography.Text>}
        actions={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t('things.identityPage.makeKey')}
          </Button>
        }
        columns={[
          { title: t('things.identityPage.family'), render: (_, row) => nameOf(row.family) },
          {
            title: t('things.identityPage.key'),
            render: (_, row) => (
              <Typography.Text code copyable>
                {row.key}
              </Typography.Text>
            ),
          },
          {
            title: t('things.identityPage.used'),
            width: 120,
            align: 'right',
            render: (_, row) => `${row.used} / ${row.most}`,
          },
          {
            title: t('things.identityPage.newcomers'),
            width: 130,
            render: (_, row) => t(row.allowNew ? 'things.identityPage.anyone' : 'things.identityPage.listedOnly'),
          },
          {
            title: t('things.identityPage.expires'),
            width: 180,
            render: (_, row) =>
              Date.parse(row.expiresAt) <= now ? (
                <Tag>{t('things.identityPage.expired')}</Tag>
              ) : (
                dateTime(row.expiresAt)
              ),
          },
          { title: t('things.by'), width: 120, render: (_, row) => row.madeBy },
          {
            title: t('things.identityPage.open'),
            width: 80,
            render: (_, row) => (
              <EnabledSwitch
                checked={row.enabled}
                label={t('things.identityPage.openOf', { key: row.key })}
                onChange={(enabled) =>
                  open.mutate({ id: row.id, enabled }, { onError: (cause) => void message.error(said(cause)) })
                }
              />
            ),
          },
        ]}
        rows={list.data}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        empty={t('things.identityPage.noKeys')}
      />
      {making ? <NewProvisionKey onClose={() => setMaking(false)} /> : null}
    </>
  );
}
