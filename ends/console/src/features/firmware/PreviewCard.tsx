import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Descriptions, Flex, Table, Tag } from 'antd';
import type { Preview } from './queries.ts';

type Device = Preview['devices'][number];

/** What a campaign would do: nothing has been written yet. */
export function PreviewCard({ preview }: { preview: Preview }) {
  const t = useT();
  const listed = (counts: Preview['models']) =>
    counts.map(({ key, count }) => `${key || '—'} × ${count}`).join(', ') || '—';
  return (
    <Card size="small" title={t('firmware.previewHead', { count: preview.count })}>
      <Flex vertical gap={12}>
        {preview.dangers.length > 0 ? (
          <Alert
            type="warning"
            showIcon
            title={t('firmware.approvalNeeded')}
            description={preview.dangers.map((danger) => t(`firmware.dangers.${danger}`)).join(' · ')}
          />
        ) : null}
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2 }}
          items={[
            { key: 'waves', label: t('firmware.wavesHead'), children: preview.waves.join(' → ') || '—' },
            { key: 'offline', label: t('firmware.offline'), children: preview.offline },
            { key: 'models', label: t('firmware.models'), children: listed(preview.models) },
            { key: 'versions', label: t('firmware.versionBefore'), children: listed(preview.versions) },
            {
              key: 'excluded',
              label: t('firmware.excluded'),
              children: preview.excluded.map(({ key, count }) => (
                <Tag key={key}>
                  {t(`firmware.exclusions.${key}`)}: {count}
                </Tag>
              )),
            },
          ]}
        />
        <Table<Device>
          size="small"
          rowKey={(row) => row.id}
          dataSource={preview.devices}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          columns={[
            { title: t('firmware.code'), render: (_, row) => row.code },
            { title: t('firmware.name'), render: (_, row) => row.name },
            { title: t('firmware.model'), render: (_, row) => row.family },
            { title: t('firmware.versionBefore'), render: (_, row) => row.version ?? '—' },
          ]}
        />
      </Flex>
    </Card>
  );
}
