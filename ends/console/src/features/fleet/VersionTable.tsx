import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Popconfirm, Table } from 'antd';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { useFleetChange, useVersions, type Version } from './queries.ts';

/** Configurations this agent was given; an older one can be given again. */
export function VersionTable({ id, wanted }: { id: string; wanted: number }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { data, error, isPending } = useVersions(id);
  const back = useFleetChange((version: number) => sdk.fleet.rollBack({ params: { id }, body: { version, note: '' } }));
  const again = (version: number) =>
    back.mutate(version, {
      onSuccess: (made) => void message.success(t('fleet.given', { version: made.version })),
      onError: (cause) => void message.error(said(cause)),
    });
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table<Version>
      size="small"
      rowKey={(row) => row.version}
      loading={isPending}
      dataSource={data ?? []}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      columns={[
        { title: t('fleet.versionNumber'), width: 90, render: (_, row) => `v${row.version}` },
        { title: t('fleet.createdAt'), width: 180, render: (_, row) => dateTime(row.createdAt) },
        { title: t('fleet.createdBy'), width: 160, render: (_, row) => row.createdBy },
        {
          title: t('fleet.note'),
          render: (_, row) =>
            row.copyOf === null ? row.note : `${t('fleet.copyOf', { version: row.copyOf })} ${row.note}`,
        },
        {
          width: 120,
          render: (_, row) =>
            row.version !== wanted && may('fleet:manage') ? (
              <Popconfirm title={t('fleet.rollBackAsk', { version: row.version })} onConfirm={() => again(row.version)}>
                <Button size="small" loading={back.isPending}>
                  {t('fleet.rollBack')}
                </Button>
              </Popconfirm>
            ) : null,
        },
      ]}
    />
  );
}
