import { dateTime, quantity } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Flex, Popconfirm, Table, Tag } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PackageDialog } from './PackageDialog.tsx';
import { type Package, useFirmwareChange, usePackages } from './queries.ts';

/** Packages that are there; none without a trusted signature. */
export function PackageTable() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  const { data, error, isPending } = usePackages();
  const withdraw = useFirmwareChange((id: string) => sdk.firmware.withdraw({ params: { id } }));
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  const standing = (row: Package) =>
    row.withdrawnAt ? (
      <Tag>{t('firmware.withdrawn')}</Tag>
    ) : row.trusted ? (
      <Tag color="success">{t('firmware.signed')}</Tag>
    ) : (
      <Tag color="error">{t('firmware.keyEnded')}</Tag>
    );
  return (
    <Flex vertical gap={12}>
      {may('firmware:manage') ? (
        <Button style={{ alignSelf: 'start' }} onClick={() => setAdding(true)}>
          {t('firmware.addPackage')}
        </Button>
      ) : null}
      <Table<Package>
        size="small"
        rowKey={(row) => row.id}
        loading={isPending}
        dataSource={data ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: t('firmware.packageTitle'), render: (_, row) => row.title },
          { title: t('firmware.version'), width: 120, render: (_, row) => row.version },
          { title: t('firmware.models'), render: (_, row) => row.models.join(', ') },
          {
            title: t('firmware.size'),
            width: 110,
            align: 'right',
            render: (_, row) => quantity(row.size / 1024, 'KiB', 0),
          },
          { title: t('firmware.signedBy'), render: (_, row) => `${row.signerName} (${row.algorithm})` },
          { title: t('firmware.stateHead'), width: 120, render: (_, row) => standing(row) },
          { title: t('firmware.createdAt'), width: 170, render: (_, row) => dateTime(row.madeAt) },
          {
            width: 100,
            render: (_, row) =>
              may('firmware:manage') && !row.withdrawnAt ? (
                <Popconfirm
                  title={t('firmware.withdrawAsk')}
                  onConfirm={() => withdraw.mutate(row.id, { onError: (cause) => void message.error(said(cause)) })}
                >
                  <Button size="small">{t('firmware.withdraw')}</Button>
                </Popconfirm>
              ) : null,
          },
        ]}
      />
      {adding ? <PackageDialog onClose={() => setAdding(false)} /> : null}
    </Flex>
  );
}
