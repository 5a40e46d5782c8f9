import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Card, Flex, Select, Skeleton, Table, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { NameText, oneOf, PlaceName, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { AudienceCard } from './AudienceCard.tsx';
import { type Delivery, deliveryStates, useDeliveries, useNotice, usePublish } from './queries.ts';

const colours: Record<string, string> = { queued: 'processing', sent: 'success', failed: 'error' };

/** Who was told, by which way and when, and who read it. */
function Receipts({ id }: { id: string }) {
  const t = useT();
  const { get, put } = useAddress();
  const state = oneOf(deliveryStates, get('state'));
  const list = useDeliveries(id, state);
  const rows = useMemo(() => list.data?.pages.flat(), [list.data]);
  return (
    <Card
      size="small"
      title={t('notices.receipts')}
      extra={
        <Select
          allowClear
          size="small"
          style={{ width: 140 }}
          placeholder={t('notices.state')}
          aria-label={t('notices.state')}
          value={state}
          onChange={(value?: string) => put({ state: value })}
          options={deliveryStates.map((value) => ({ value, label: t(`notices.deliveries.${value}`) }))}
        />
      }
    >
      <Table<Delivery>
        size="small"
        loading={list.isPending}
        dataSource={rows}
        rowKey={(row) => row.id}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('notices.lease'),
            width: 160,
            render: (_, row) => <Link to={`/leases/${row.agreement}`}>{row.code}</Link>,
          },
          { title: t('notices.tenant'), render: (_, row) => <NameText party={row.party} name={row.name} /> },
          {
            title: t('notices.state'),
            width: 100,
            render: (_, row) => (
              <Tag color={colours[row.state] ?? 'default'}>{t(`notices.deliveries.${row.state}`)}</Tag>
            ),
          },
          {
            title: t('notices.ways'),
            render: (_, row) =>
              row.proof.map((way) => (
                <div key={`${way.way} ${way.at}`}>
                  {t(`notices.way.${way.way}`)} {way.ok ? way.sentTo : way.error} · {dateTime(way.at)}
                </div>
              )),
          },
          {
            title: t('notices.readAt'),
            width: 180,
            render: (_, row) => (row.readAt ? dateTime(row.readAt) : t('notices.unread')),
          },
        ]}
      />
      {list.hasNextPage ? (
        <Flex justify="center" style={{ marginTop: 8 }}>
          <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('notices.more')}
          </Button>
        </Flex>
      ) : null}
    </Card>
  );
}

/** One notice: what it says and to whom; a draft can still be changed, one that is out shows its receipts. */
export default function NoticePage() {
  const t = useT();
  const { id = '' } = useParams();
  const go = useNavigate();
  const { may } = useSession();
  const { modal, message } = App.useApp();
  const { data, error } = useNotice(id);
  const publish = usePublish();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  const draft = data.state === 'draft';
  const send = () =>
    modal.confirm({
      title: t('notices.publishAsk'),
      content: t('notices.publishNote'),
      okText: t('notices.publish'),
      onOk: () => publish.mutateAsync(id).catch((cause: unknown) => void message.error(said(cause))),
    });
  return (
    <Flex vertical gap={16}>
      <Flex align="center" gap={12} wrap>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {data.title}
        </Typography.Title>
        <Tag color={draft ? 'default' : 'success'}>{t(`notices.states.${data.state}`)}</Tag>
        {draft && may('notice:write') ? (
          <>
            <Button onClick={() => void go(`/notices/${id}/edit`)}>{t('notices.edit')}</Button>
            <Button type="primary" loading={publish.isPending} onClick={send}>
              {t('notices.publish')}
            </Button>
          </>
        ) : null}
      </Flex>
      <Card size="small">
        <KeyValue
          columns={3}
          facts={[
            { key: 'kind', label: t('notices.kind'), value: t(`notices.kinds.${data.kind}`) },
            {
              key: 'place',
              label: t('notices.place'),
              value: data.place ? <PlaceName id={data.place} /> : t('notices.everywhere'),
            },
            {
              key: 'leases',
              label: t('notices.leases'),
              value: data.audience.states.map((state) => t(`notices.leaseStates.${state}`)).join('、'),
            },
            { key: 'fees', label: t('notices.fees'), value: t(`notices.feeStates.${data.audience.fees}`) },
            { key: 'by', label: t('notices.by'), value: data.actorName },
            { key: 'at', label: t('notices.at'), value: dateTime(data.publishedAt ?? data.madeAt) },
            ...(draft
              ? []
              : [
                  {
                    key: 'told',
                    label: t('notices.counts'),
                    value: t('notices.countsOf', {
                      told: data.told ?? 0,
                      sent: data.sent,
                      failed: data.failed,
                      read: data.read,
                    }),
                  },
                ]),
          ]}
        />
        <Typography.Paragraph style={{ whiteSpace: 'pre-wrap', marginTop: 12, marginBottom: 0 }}>
          {data.text}
        </Typography.Paragraph>
      </Card>
      {draft ? <AudienceCard place={data.place ?? undefined} audience={data.audience} /> : <Receipts id={id} />}
    </Flex>
  );
}
