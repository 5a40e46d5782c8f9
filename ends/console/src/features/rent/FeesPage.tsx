import { useT } from '@keystead/ui/i18n';
import { Button, Card, Flex, Form, Input, InputNumber, Select, Table, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { FormDialog } from './FormDialog.tsx';
import { useSubjectName } from './names.ts';
import { stepsOf, stepText } from './price-steps.ts';
import { type Subject, useBillRules, useSubjects, useTariffs } from './queries.ts';

type NewSubject = Pick<Subject, 'code' | 'nameZh' | 'nameEn' | 'rank'> & { fund: 'income' | 'deposit'; unit?: string };
interface NewTariff {
  subject: string;
  effectiveOn: string;
  steps: string;
  basis: string;
}

/** Kinds of fees, prices of those that are metered, and when bills are due. */
export default function FeesPage() {
  const t = useT();
  const { may } = useSession();
  const nameOf = useSubjectName();
  const [subjects, tariffs, rules] = [useSubjects(), useTariffs(), useBillRules()];
  const [adding, setAdding] = useState<'subject' | 'tariff' | 'rules'>();
  const add = (what: 'subject' | 'tariff' | 'rules') =>
    may('fee:write') ? (
      <Button onClick={() => setAdding(what)}>{t(what === 'rules' ? 'rent.edit' : 'rent.add')}</Button>
    ) : null;
  const close = () => setAdding(undefined);
  const lateFee = ({ latePermyriad: rate }: { latePermyriad: number }) => t('rent.lateRate', { rate });
  const required = [{ required: true, whitespace: true }];
  return (
    <Flex vertical gap={16}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('rent.fees')}
      </Typography.Title>
      <Card size="small" title={t('rent.billRules')} extra={add('rules')}>
        {rules.data ? (
          <Typography.Text>
            {t('rent.dueDay')} {rules.data.dueDay} · {t('rent.lateGrace')} {rules.data.lateGrace} ·{' '}
            {may('policy:read') ? <Link to="/policy">{lateFee(rules.data)}</Link> : lateFee(rules.data)}
          </Typography.Text>
        ) : null}
      </Card>
      <Card size="small" title={t('rent.subjects')} extra={add('subject')}>
        <Table<Subject>
          size="small"
          pagination={false}
          loading={subjects.isPending}
          dataSource={subjects.data}
          rowKey={(row) => row.code}
          columns={[
            { title: t('rent.rank'), width: 90, render: (_, row) => row.rank },
            { title: t('rent.subjectCode'), render: (_, row) => row.code },
            { title: t('rent.nameZh'), render: (_, row) => row.nameZh },
            { title: t('rent.nameEn'), render: (_, row) => row.nameEn },
            { title: t('rent.fund'), render: (_, row) => t(`rent.funds.${row.fund}`) },
            { title: t('rent.unit'), render: (_, row) => row.unit ?? '—' },
          ]}
        />
      </Card>
      <Card size="small" title={t('rent.tariffs')} extra={add('tariff')}>
        <Table
          size="small"
          pagination={false}
          loading={tariffs.isPending}
          dataSource={tariffs.data}
          rowKey={(row) => row.id}
          columns={[
            { title: t('rent.subject'), render: (_, row) => nameOf(row.subject) },
            { title: t('rent.effectiveOn'), render: (_, row) => row.effectiveOn },
            { title: t('rent.prices'), render: (_, row) => stepText(row.steps) },
            { title: t('rent.ground'), render: (_, row) => row.basis },
            { title: t('rent.who'), render: (_, row) => row.actorName },
          ]}
        />
      </Card>
      {adding === 'subject' ? (
        <FormDialog<NewSubject>
          title={t('rent.addSubject')}
          initial={{ fund: 'income', rank: 50 }}
          run={({ unit, ...body }) => sdk.fees.addSubject({ body: { ...body, unit: unit || null } })}
          onClose={close}
        >
          <Form.Item name="code" label={t('rent.subjectCode')} rules={required}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="nameZh" label={t('rent.nameZh')} rules={required}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="nameEn" label={t('rent.nameEn')} rules={required}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="fund" label={t('rent.fund')}>
            <Select
              options={(['income', 'deposit'] as const).map((value) => ({ value, label: t(`rent.funds.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="rank" label={t('rent.rank')}>
            <InputNumber min={1} max={99} precision={0} />
          </Form.Item>
          <Form.Item name="unit" label={t('rent.unit')}>
            <Input maxLength={20} />
          </Form.Item>
        </FormDialog>
      ) : null}
      {adding === 'tariff' ? (
        <FormDialog<NewTariff>
          title={t('rent.addTariff')}
          run={({ steps, ...body }) => sdk.fees.addTariff({ body: { ...body, steps: stepsOf(steps) } })}
          onClose={close}
        >
          <Form.Item name="subject" label={t('rent.subject')} rules={[{ required: true }]}>
            <Select
              options={(subjects.data ?? [])
                .filter(({ unit }) => unit)
                .map(({ code }) => ({ value: code, label: nameOf(code) }))}
            />
          </Form.Item>
          <Form.Item name="effectiveOn" label={t('rent.effectiveOn')} rules={[{ required: true }]}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="steps" label={t('rent.prices')} extra={t('rent.pricesHint')} rules={required}>
            <Input placeholder="10:2.85, 20:3.85, 5.85" />
          </Form.Item>
          <Form.Item name="basis" label={t('rent.ground')} rules={required}>
            <Input maxLength={500} />
          </Form.Item>
        </FormDialog>
      ) : null}
      {adding === 'rules' && rules.data ? (
        <FormDialog<{ dueDay: number; lateGrace: number }>
          title={t('rent.billRules')}
          initial={{ dueDay: rules.data.dueDay, lateGrace: rules.data.lateGrace }}
          run={(body) => sdk.fees.setRules({ body })}
          onClose={close}
        >
          <Form.Item name="dueDay" label={t('rent.dueDay')}>
            <InputNumber min={1} max={28} precision={0} />
          </Form.Item>
          <Form.Item name="lateGrace" label={t('rent.lateGrace')}>
            <InputNumber min={0} max={90} precision={0} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Flex>
  );
}
