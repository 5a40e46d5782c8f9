import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Card, Col, Flex, Row, Table, Typography } from 'antd';
import { dialText, RecordPhoto, useMeterName } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import type { Handover } from './queries.ts';

/** What was handed over with the keys. */
export function HandoverCard({ handover, code }: { handover: Handover; code: string }) {
  const t = useT();
  const { may } = useSession();
  const readings = Object.entries(handover.readings).map(([subject, value]) => ({ subject, value }));
  const nameOf = useMeterName();
  return (
    <Card
      size="small"
      title={t('movein.trail.handover')}
      extra={<Typography.Text type="secondary">{`${dateTime(handover.at)} · ${handover.actorName}`}</Typography.Text>}
    >
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={8}>
          <Table
            size="small"
            pagination={false}
            rowKey={(row) => row.subject}
            dataSource={readings}
            columns={[
              { title: t('movein.meter'), render: (_, row) => nameOf(row.subject) },
              { title: t('movein.reading'), align: 'right', render: (_, row) => dialText(row.value) },
            ]}
          />
        </Col>
        <Col xs={24} lg={16}>
          <Table
            size="small"
            pagination={false}
            rowKey={(row) => `${row.item} ${row.condition}`}
            dataSource={handover.furniture}
            columns={[
              { title: t('movein.item'), dataIndex: 'item' },
              { title: t('movein.count'), align: 'right', dataIndex: 'count' },
              { title: t('movein.condition'), dataIndex: 'condition' },
            ]}
          />
        </Col>
      </Row>
      <Flex wrap gap={8} align="center" style={{ marginTop: 12 }}>
        <Typography.Text type="secondary">{t('movein.photoCount', { count: handover.photos.length })}</Typography.Text>
        {may('record:read')
          ? handover.photos.map((id) => <RecordPhoto key={id} record={id} purpose={code} alt={t('movein.photos')} />)
          : null}
      </Flex>
    </Card>
  );
}
