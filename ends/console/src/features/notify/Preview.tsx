import { EyeOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Table } from 'antd';
import { said } from '../../shell/sdk.ts';
import { type RuleBody, usePreview } from './queries.ts';

interface PreviewProps {
  definition(): RuleBody['definition'];
  /** Rejects while the form is not complete. */
  check(): Promise<unknown>;
}

/** Who would be told what if the first of the chosen events happened now. Nothing is sent. */
export function Preview({ definition, check }: PreviewProps) {
  const t = useT();
  const preview = usePreview();
  async function look() {
    try {
      await check();
    } catch {
      return; // what is missing is told at the fields
    }
    const chosen = definition();
    const trigger = chosen.triggers[0];
    if (trigger)
      preview.mutate({ definition: chosen, sample: { trigger, severity: chosen.severity.from, place: chosen.place } });
  }
  return (
    <Flex vertical gap={12}>
      <Button
        icon={<EyeOutlined />}
        loading={preview.isPending}
        onClick={() => void look()}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('notify.preview')}
      </Button>
      {preview.error ? <Alert type="error" showIcon title={said(preview.error)} /> : null}
      {preview.data ? (
        <Table
          size="small"
          rowKey={(row) => `${row.channel}:${row.receiver}:${row.address}`}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          dataSource={preview.data.items}
          locale={{ emptyText: t('notify.previewNobody') }}
          columns={[
            { title: t('notify.receiver'), render: (_, row) => row.receiver || '—' },
            { title: t('notify.way'), render: (_, row) => t(`notify.channel.${row.channel}`) },
            { title: t('notify.address'), render: (_, row) => row.address || '—' },
            { title: t('notify.at'), render: (_, row) => dateTime(row.at) },
            { title: t('notify.text'), render: (_, row) => row.title },
          ]}
        />
      ) : null}
    </Flex>
  );
}
