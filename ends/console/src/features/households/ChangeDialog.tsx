import { useT } from '@keystead/ui/i18n';
import { Form, Input, InputNumber, Select } from 'antd';
import { FormDialog, minorOf, PaperField } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { type ChangeBody, type Dossier, householdsKey } from './queries.ts';
import { relations } from './relations.ts';

interface Filled {
  kind: 'income' | 'members' | 'housing';
  person?: string;
  income?: number;
  assets?: number;
  employer?: string;
  way?: 'join' | 'leave';
  name?: string;
  relation?: (typeof relations)[number];
  residentId?: string;
  day?: string;
  leaver?: string;
  housing?: string;
  address?: string;
  evidence: string[];
  note?: string;
}

type Field = NonNullable<ChangeBody['change']['fields']>[number];
const field = (name: Field['field'], value: string | undefined): Field[] =>
  value === undefined || value === '' ? [] : [{ field: name, value }];
const fen = (yuan: number | undefined | null) =>
  yuan === undefined || yuan === null ? undefined : String(minorOf(yuan));

/** What was filled in, as the change it asks for. */
export function changeOf(values: Filled): ChangeBody {
  const { kind, evidence, note } = values;
  const rest = { kind, evidence, ...(note?.trim() ? { note: note.trim() } : {}) };
  if (kind === 'income')
    return {
      ...rest,
      ...(values.person ? { person: values.person } : {}),
      change: {
        fields: [
          ...field('income', fen(values.income)),
          ...field('assets', fen(values.assets)),
          ...field('employer', values.employer?.trim()),
        ],
      },
    };
  if (kind === 'housing')
    return {
      ...rest,
      change: {
        fields: [...field('housing', values.housing?.trim()), ...field('postal-address', values.address?.trim())],
      },
    };
  const day = values.day ?? '';
  if (values.way === 'leave')
    return { ...rest, change: { leave: values.leaver ? [{ person: values.leaver, until: day }] : [] } };
  const join = {
    name: values.name?.trim() ?? '',
    relation: values.relation ?? ('other' as const),
    from: day,
    fields: field('resident-id', values.residentId?.trim()),
  };
  return { ...rest, change: { join: [join] } };
}

/** A change somebody tells of at the desk: taken down with its proofs, decided by somebody else. */
export function ChangeDialog({ dossier, onClose }: { dossier: Dossier; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const kind = Form.useWatch('kind', form);
  const way = Form.useWatch('way', form);
  const required = [{ required: true, whitespace: true }];
  const members = dossier.members
    .filter(({ until }) => until === null)
    .map(({ person, name, relation }) => ({
      value: person,
      label: `${name} · ${t(`households.relations.${relation}`)}`,
    }));
  const run = (values: Filled) =>
    sdk.households.submitChange({
      params: { id: dossier.id },
      body: changeOf({ ...values, evidence: values.evidence ?? [] }),
    });
  return (
    <FormDialog<Filled>
      title={t('households.newChange')}
      form={form}
      stale={[householdsKey]}
      initial={{ kind: 'income', way: 'join' }}
      run={run}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('households.change')}>
        <Select
          options={(['income', 'members', 'housing'] as const).map((value) => ({
            value,
            label: t(`households.changes.${value}`),
          }))}
        />
      </Form.Item>
      {kind === 'income' ? (
        <>
          <Form.Item name="person" label={t('households.member')} rules={[{ required: true }]}>
            <Select options={members} />
          </Form.Item>
          <Form.Item name="income" label={t('households.incomeYuan')}>
            <InputNumber min={0} precision={2} style={{ width: 240 }} />
          </Form.Item>
          <Form.Item name="assets" label={t('households.assetsYuan')}>
            <InputNumber min={0} precision={2} style={{ width: 240 }} />
          </Form.Item>
          <Form.Item name="employer" label={t('households.fields.employer')}>
            <Input maxLength={100} />
          </Form.Item>
        </>
      ) : null}
      {kind === 'housing' ? (
        <>
          <Form.Item name="housing" label={t('households.housingElsewhere')}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="address" label={t('households.fields.postal-address')}>
            <Input maxLength={200} />
          </Form.Item>
        </>
      ) : null}
      {kind === 'members' ? (
        <>
          <Form.Item name="way" label={t('households.way')}>
            <Select
              options={[
                { value: 'join', label: t('households.joins') },
                { value: 'leave', label: t('households.leaves') },
              ]}
            />
          </Form.Item>
          {way === 'leave' ? (
            <Form.Item name="leaver" label={t('households.member')} rules={[{ required: true }]}>
              <Select options={members} />
            </Form.Item>
          ) : (
            <>
              <Form.Item name="name" label={t('households.memberName')} rules={required}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name="relation" label={t('households.relation')} rules={[{ required: true }]}>
                <Select options={relations.map((value) => ({ value, label: t(`households.relations.${value}`) }))} />
              </Form.Item>
              <Form.Item name="residentId" label={t('households.fields.resident-id')}>
                <Input maxLength={18} />
              </Form.Item>
            </>
          )}
          <Form.Item name="day" label={t('households.day')} rules={required}>
            <Input type="date" style={{ width: 200 }} />
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="note" label={t('households.note')}>
        <Input.TextArea maxLength={500} />
      </Form.Item>
      <Form.Item
        name="evidence"
        label={t('households.evidence')}
        extra={t('households.evidenceHint')}
        rules={[{ required: true, type: 'array', min: 1 }]}
      >
        <PaperField subject={`household:${dossier.id}`} />
      </Form.Item>
    </FormDialog>
  );
}
