import { UploadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Form, Input, Select, Table, Tag, Upload } from 'antd';
import { useState } from 'react';
import { money } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { useDays, useDifferences } from './queries.ts';

/** The channel's file of a day: chosen, or pasted. */
function StatementField({ id, value, onChange }: { id?: string; value?: string; onChange?(text: string): void }) {
  const t = useT();
  return (
    <Flex vertical gap={8} align="start">
      <Upload
        accept=".csv,.txt,text/csv"
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then((text) => onChange?.(text));
          return Upload.LIST_IGNORE;
        }}
      >
        <Button icon={<UploadOutlined />}>{t('rent.chooseStatement')}</Button>
      </Upload>
      <Input.TextArea
        {...(id ? { id } : {})}
        rows={6}
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
      />
    </Flex>
  );
}

interface Filled {
  channel: 'wechat' | 'alipay' | 'bank';
  day: string;
  statement: string;
}

const sum = (amount: number | null): string => (amount === null ? '—' : money(amount));

function Differences({ id }: { id: string }) {
  const t = useT();
  const { may } = useSession();
  const { data, isPending } = useDifferences(id);
  const [resolving, setResolving] = useState<string>();
  return (
    <>
      <Table
        size="small"
        pagination={false}
        loading={isPending}
        dataSource={data}
        rowKey={(row) => row.id}
        columns={[
          { title: t('rent.kind'), render: (_, row) => t(`rent.differences.${row.kind}`) },
          { title: t('rent.reference'), render: (_, row) => row.reference },
          { title: t('rent.stated'), align: 'right', render: (_, row) => sum(row.stated) },
          { title: t('rent.booked'), align: 'right', render: (_, row) => sum(row.booked) },
          { title: t('rent.note'), render: (_, row) => row.note || '—' },
          {
            title: t('rent.resolution'),
            render: (_, row) =>
              row.resolution ??
              (may('payment:reconcile') ? (
                <Button size="small" onClick={() => setResolving(row.id)}>
                  {t('rent.resolve')}
                </Button>
              ) : (
                '—'
              )),
          },
        ]}
      />
      {resolving ? (
        <FormDialog<{ resolution: string }>
          title={t('rent.resolve')}
          run={(body) => sdk.payments.resolve({ params: { id: resolving }, body })}
          onClose={() => setResolving(undefined)}
        >
          <Form.Item name="resolution" label={t('rent.resolution')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}

/** Days of channels that were compared with their statements; a day opens into what did not match. */
export function Reconciliations() {
  const t = useT();
  const { may } = useSession();
  const days = useDays();
  const [comparing, setComparing] = useState(false);
  return (
    <Flex vertical gap={12}>
      {may('payment:reconcile') ? (
        <Button type="primary" style={{ alignSelf: 'flex-start' }} onClick={() => setComparing(true)}>
          {t('rent.reconcile')}
        </Button>
      ) : null}
      <Table
        size="small"
        loading={days.isPending}
        dataSource={days.data}
        rowKey={(row) => row.id}
        locale={{ emptyText: t('rent.noDay') }}
        expandable={{ expandedRowRender: (row) => <Differences id={row.id} /> }}
        columns={[
          { title: t('rent.day'), render: (_, row) => row.day },
          { title: t('rent.channel'), render: (_, row) => t(`rent.channels.${row.channel}`) },
          { title: t('rent.matched'), align: 'right', render: (_, row) => `${row.matched} / ${row.lines}` },
          { title: t('rent.stated'), align: 'right', render: (_, row) => money(row.stated) },
          { title: t('rent.booked'), align: 'right', render: (_, row) => money(row.booked) },
          {
            title: t('rent.unresolved'),
            align: 'right',
            render: (_, row) => <Tag color={row.open > 0 ? 'error' : 'success'}>{row.open}</Tag>,
          },
        ]}
      />
      {comparing ? (
        <FormDialog<Filled>
          title={t('rent.reconcile')}
          initial={{ channel: 'bank' }}
          run={(body) => sdk.payments.reconcile({ body })}
          onClose={() => setComparing(false)}
        >
          <Form.Item name="channel" label={t('rent.channel')}>
            <Select
              options={(['bank', 'wechat', 'alipay'] as const).map((value) => ({
                value,
                label: t(`rent.channels.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="day" label={t('rent.day')} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="statement" label={t('rent.statement')} rules={[{ required: true }]}>
            <StatementField />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Flex>
  );
}
