import { useT } from '@keystead/ui/i18n';
import { Alert, Table } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type Purpose, usePurposes } from './queries.ts';
import { useNamed } from './words.ts';

/** Why each field is held, on which ground and how long: a field without a purpose cannot be stored. */
export function Purposes() {
  const t = useT();
  const named = useNamed();
  const { data, error, isPending } = usePurposes();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table<Purpose>
      size="small"
      loading={isPending}
      dataSource={data}
      rowKey={(row) => row.field}
      pagination={false}
      columns={[
        { title: t('privacy.field'), width: 180, render: (_, row) => t(`privacy.fields.${row.field}`) },
        { title: t('privacy.purpose'), render: (_, row) => named('privacy.aims', row.purpose) },
        { title: t('privacy.basis'), width: 140, render: (_, row) => named('privacy.grounds', row.basis) },
        { title: t('privacy.years'), width: 140, align: 'right', render: (_, row) => row.retentionYears },
      ]}
    />
  );
}
