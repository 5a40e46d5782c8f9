import { KeyValue } from '@keystead/ui/facts';
import { useT } from '@keystead/ui/i18n';
import { Card, Flex, Table } from 'antd';
import { dialText, money, RecordPhoto, useMeterName } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import type { Inspection } from './queries.ts';

/** What was found when the house was looked at. */
export function InspectionCard({ inspection, code }: { inspection: Inspection; code: string }) {
  const t = useT();
  const { may } = useSession();
  const nameOf = useMeterName();
  const { usages, damages, photos, lastDay, note } = inspection;
  return (
    <Card size="small" title={t('exits.trail.inspect')}>
      <Flex vertical gap={12}>
        <KeyValue
          columns={2}
          facts={[
            { key: 'day', label: t('exits.lastDay'), value: lastDay },
            { key: 'note', label: t('exits.note'), value: note },
          ]}
        />
        {usages.length > 0 ? (
          <Table
            size="small"
            pagination={false}
            rowKey={(row) => row.subject}
            dataSource={usages}
            columns={[
              { title: t('exits.meter'), render: (_, row) => nameOf(row.subject) },
              { title: t('exits.reading.begin'), align: 'right', render: (_, row) => dialText(row.begin) },
              { title: t('exits.reading.end'), align: 'right', render: (_, row) => dialText(row.end) },
              { title: t('exits.used'), align: 'right', render: (_, row) => dialText(row.end - row.begin) },
              { title: t('exits.readBy'), render: (_, row) => t(`parts.dial.sources.${row.source}`) },
            ]}
          />
        ) : null}
        {damages.length > 0 ? (
          <Table
            size="small"
            pagination={false}
            rowKey={(row) => `${row.text} ${row.amount}`}
            dataSource={damages}
            columns={[
              { title: t('exits.damage'), dataIndex: 'text' },
              { title: t('exits.amount'), align: 'right', width: 160, render: (_, row) => money(row.amount) },
            ]}
          />
        ) : null}
        {photos.length > 0 && may('record:read') ? (
          <Flex wrap gap={8}>
            {photos.map((id) => (
              <RecordPhoto key={id} record={id} purpose={code} alt={t('exits.photos')} />
            ))}
          </Flex>
        ) : null}
      </Flex>
    </Card>
  );
}
