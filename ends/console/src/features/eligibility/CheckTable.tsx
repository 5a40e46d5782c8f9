import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Button, Form, Input, Table, Tag } from 'antd';
import { useState } from 'react';
import { FormDialog, NameText } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Check, eligibilityKey } from './queries.ts';

const colours: Record<Check['state'], string> = {
  agrees: 'success',
  conflict: 'error',
  unanswered: 'warning',
  pending: 'processing',
  waived: 'default',
};

/** What was asked of which authority about whom, and what it said; silence and contradiction are answered for by a person. */
export function CheckTable({ review, checks }: { review: string; checks: readonly Check[] }) {
  const t = useT();
  const { may } = useSession();
  const [waived, setWaived] = useState<string>();
  return (
    <>
      <Table<Check>
        size="small"
        rowKey={(row) => row.id}
        dataSource={checks as Check[]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('eligibility.noCheck') }}
        columns={[
          { title: t('eligibility.member'), render: (_, row) => <NameText party={row.person} name={row.personName} /> },
          { title: t('eligibility.source'), render: (_, row) => t(`eligibility.sources.${row.source}`) },
          {
            title: t('eligibility.state'),
            render: (_, row) => <Tag color={colours[row.state]}>{t(`eligibility.checks.${row.state}`)}</Tag>,
          },
          {
            title: t('eligibility.differs'),
            render: (_, row) => row.differs.map((field) => t(`eligibility.fields.${field}`)).join('、') || '—',
          },
          { title: t('eligibility.answeredAt'), render: (_, row) => dateTime(row.answeredAt) },
          {
            title: '',
            width: 150,
            render: (_, row) =>
              row.state === 'waived' ? (
                row.waivedReason
              ) : row.state !== 'agrees' && may('eligibility:decide') ? (
                <Button size="small" onClick={() => setWaived(row.id)}>
                  {t('eligibility.waive')}
                </Button>
              ) : null,
          },
        ]}
      />
      {waived ? (
        <FormDialog<{ reason: string }>
          title={t('eligibility.waive')}
          stale={[eligibilityKey]}
          run={(body) => sdk.eligibility.waiveCheck({ params: { id: review, check: waived }, body })}
          onClose={() => setWaived(undefined)}
        >
          <Form.Item name="reason" label={t('eligibility.waiveReason')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}
