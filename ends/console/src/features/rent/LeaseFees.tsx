import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Form, Input, InputNumber, Select, Table, Typography } from 'antd';
import { useState } from 'react';
import { minorOf, money } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { useSubjectName } from './names.ts';
import { type Lease, useFeeChanges, useSubjects } from './queries.ts';

interface Filled {
  subject: string;
  kind: 'fixed' | 'metered' | 'once' | 'none';
  amount?: number;
  effectiveOn: string;
  reason: string;
}

type Basis = Readonly<Record<string, unknown>> | null;

/** Fees bound to a lease, each change from a day on with its ground, and the log of all changes. */
export function LeaseFees({ lease }: { lease: Lease }) {
  const t = useT();
  const { may } = useSession();
  const nameOf = useSubjectName();
  const subjects = useSubjects();
  const changes = useFeeChanges(lease.id);
  const [changing, setChanging] = useState(false);
  const said = (basis: Basis) =>
    basis === null ? '—' : basis.kind === 'metered' ? t('rent.metered') : money(Number(basis.amount ?? 0));

  const run = ({ subject, kind, amount, effectiveOn, reason }: Filled) => {
    const fixed = { kind: kind as 'fixed' | 'once', amount: minorOf(amount ?? 0) };
    const basis = kind === 'none' ? null : kind === 'metered' ? { kind } : fixed;
    return sdk.leases.setFee({ params: { id: lease.id, subject }, body: { basis, effectiveOn, reason } });
  };

  return (
    <Flex vertical gap={12}>
      {may('lease:write') ? (
        <Button style={{ alignSelf: 'flex-start' }} onClick={() => setChanging(true)}>
          {t('rent.changeFee')}
        </Button>
      ) : null}
      <Table
        size="small"
        pagination={false}
        dataSource={lease.fees}
        rowKey={(row) => `${row.subject} ${row.startsOn}`}
        columns={[
          { title: t('rent.subject'), render: (_, row) => nameOf(row.subject) },
          { title: t('rent.basis'), align: 'right', render: (_, row) => said(row.basis) },
          { title: t('rent.from'), render: (_, row) => row.startsOn },
          { title: t('rent.until'), render: (_, row) => row.endsOn ?? '—' },
        ]}
      />
      <Typography.Title level={5}>{t('rent.feeLog')}</Typography.Title>
      <Table
        size="small"
        pagination={false}
        loading={changes.isPending}
        dataSource={changes.data}
        rowKey={(row) => `${row.at} ${row.subject} ${row.effectiveOn}`}
        columns={[
          { title: t('rent.at'), render: (_, row) => dateTime(row.at) },
          { title: t('rent.who'), render: (_, row) => row.actorName },
          { title: t('rent.subject'), render: (_, row) => nameOf(row.subject) },
          { title: t('rent.before'), align: 'right', render: (_, row) => said(row.before) },
          { title: t('rent.after'), align: 'right', render: (_, row) => said(row.after) },
          { title: t('rent.effectiveOn'), render: (_, row) => row.effectiveOn },
          { title: t('rent.ground'), render: (_, row) => row.basis },
        ]}
      />
      {changing ? (
        <FormDialog<Filled>
          title={t('rent.changeFee')}
          initial={{ kind: 'fixed' }}
          run={run}
          onClose={() => setChanging(false)}
        >
          <Form.Item name="subject" label={t('rent.subject')} rules={[{ required: true }]}>
            <Select
              options={(subjects.data ?? [])
                .filter(({ retired }) => !retired)
                .map(({ code }) => ({ value: code, label: nameOf(code) }))}
            />
          </Form.Item>
          <Form.Item name="kind" label={t('rent.basis')}>
            <Select
              options={(['fixed', 'metered', 'once', 'none'] as const).map((value) => ({
                value,
                label: t(`rent.kinds.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="amount" label={t('rent.amount')}>
            <InputNumber min={0.01} precision={2} style={{ width: 200 }} />
          </Form.Item>
          <Form.Item
            name="effectiveOn"
            label={t('rent.effectiveOn')}
            rules={[{ required: true, pattern: /^\d{4}-\d{2}-\d{2}$/ }]}
          >
            <Input placeholder="2026-07-01" />
          </Form.Item>
          <Form.Item name="reason" label={t('rent.ground')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Flex>
  );
}
