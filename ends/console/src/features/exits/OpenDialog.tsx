import { useT } from '@keystead/ui/i18n';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog, SiteTimeField } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, grounds, kinds, type Line, useLease, useRunningLeases } from './queries.ts';

/** Kinds that leave the day to the household. */
const ownDay: readonly string[] = ['voluntary', 'expiry', 'transfer'];

interface Filled {
  lease: string;
  kind: Line['kind'];
  reason: string;
  leaveOn?: string;
  ground?: NonNullable<Line['ground']>;
  finding?: string;
}

/** Begins the exit of a household from its home. */
export function OpenDialog({ lease, onClose }: { lease: string | undefined; onClose(): void }) {
  const t = useT();
  const go = useNavigate();
  const [form] = Form.useForm<Filled>();
  const kind = Form.useWatch('kind', form);
  const ground = Form.useWatch('ground', form);
  const [text, setText] = useState('');
  const found = useRunningLeases(text);
  const given = useLease(lease);
  const leases = [
    ...(found.data ?? []),
    ...(given.data && !found.data?.some(({ id }) => id === given.data.id) ? [given.data] : []),
  ];
  const tenant = (each: (typeof leases)[number]) => each.parties.find(({ role }) => role === 'tenant')?.name ?? '';
  return (
    <FormDialog<Filled, { id: string }>
      title={t('exits.open')}
      form={form}
      initial={{ kind: 'voluntary', ...(lease ? { lease } : {}) }}
      stale={[all]}
      run={({ leaveOn, ground, finding, ...body }) =>
        sdk.exits.open({
          body: {
            ...{ ...body, ...(leaveOn ? { leaveOn } : {}) },
            ...(kind === 'violation' && ground ? { ground, ...(finding ? { finding } : {}) } : {}),
          },
        })
      }
      onDone={({ id }) => void go(`/exits/${id}`)}
      onClose={onClose}
    >
      <Form.Item name="lease" label={t('exits.lease')} rules={[{ required: true }]}>
        <Select
          showSearch={{ filterOption: false, onSearch: setText }}
          loading={found.isFetching}
          notFoundContent={t('exits.noLease')}
          options={leases.map((each) => ({ value: each.id, label: `${each.code} · ${tenant(each)}` }))}
        />
      </Form.Item>
      <Form.Item name="kind" label={t('exits.kind')} extra={kind ? t(`exits.clocks.${kind}`) : undefined}>
        <Select options={kinds.map((value) => ({ value, label: t(`exits.kinds.${value}`) }))} />
      </Form.Item>
      {kind && ownDay.includes(kind) ? (
        <Form.Item name="leaveOn" label={t('exits.leaveOn')} extra={t('exits.leaveOnHint')}>
          <SiteTimeField day />
        </Form.Item>
      ) : null}
      {kind === 'violation' ? (
        <>
          <Form.Item name="ground" label={t('exits.ground')} rules={[{ required: true }]}>
            <Select options={grounds.map((value) => ({ value, label: t(`exits.grounds.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="finding"
            label={t('exits.finding')}
            extra={ground === 'idle' ? t('exits.findingHint') : undefined}
          >
            <Input.TextArea maxLength={500} />
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="reason" label={t('exits.reason')} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}
