import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, InputNumber, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { isProblem, said } from '../../shell/sdk.ts';
import { attributeFields, childKinds, type FieldType } from './kinds.tsx';
import { type Place, type PlaceDraft, useCreatePlace, useUpdatePlace } from './queries.ts';

interface Filled {
  kind: PlaceDraft['kind'];
  code: string;
  name: string;
  order?: number | null;
  tags?: string[];
  divisionCode?: string;
  attributes?: Record<string, unknown>;
}

interface PlaceEditorProps {
  /** Where a new place hangs; null = at the top. */
  parent?: Place | null;
  /** The place that is changed; absent for a new one. */
  place?: Place;
  onClose(): void;
  onDone?(place: Place): void;
}

/** What the form gives its child (value, what to do on a change) goes on to the input. */
function Field({ type, ...bound }: { type: FieldType; id?: string }) {
  const t = useT();
  if (type === 'text') return <Input maxLength={200} {...bound} />;
  if (type === 'yes') return <Switch {...bound} />;
  if (type === 'climate') {
    const options = ['severe-cold', 'other'].map((value) => ({ value, label: t(`places.climate.${value}`) }));
    return <Select allowClear options={options} {...bound} />;
  }
  return <InputNumber style={{ width: '100%' }} {...bound} {...(type === 'whole' ? { precision: 0 } : {})} />;
}

/** Only what was filled in; the attributes an organisation adds for itself are kept as they are. */
const cleaned = (filled: Record<string, unknown> | undefined, before: Record<string, unknown> = {}) => ({
  ...(before.custom === undefined ? {} : { custom: before.custom }),
  ...Object.fromEntries(
    Object.entries(filled ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  ),
});

/** A new place, or the fields of one that stands. Refused fields are told at the field. */
export function PlaceEditor({ parent = null, place, onClose, onDone }: PlaceEditorProps) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const kinds = place ? [place.kind] : childKinds(parent?.kind);
  const kind = Form.useWatch('kind', form) ?? kinds[0] ?? 'zone';
  const create = useCreatePlace();
  const update = useUpdatePlace();
  const [problem, setProblem] = useState<string>();

  async function save(filled: Filled) {
    setProblem(undefined);
    const { kind: chosen, order, tags = [], divisionCode, attributes, ...rest } = filled;
    const fields = {
      ...rest,
      order: order ?? 0,
      tags,
      divisionCode: divisionCode || null,
      attributes: cleaned(attributes, place?.attributes),
    };
    try {
      const done = place
        ? await update.mutateAsync({ place, change: fields })
        : await create.mutateAsync({ ...fields, kind: chosen, parent: parent?.id ?? null });
      onDone?.(done);
      onClose();
    } catch (cause) {
      setProblem(said(cause));
      const faults = isProblem(cause) ? cause.errors : [];
      for (const fault of faults) {
        const name = fault.pointer.split('/').filter(Boolean);
        form.setFields([{ name: name as ['name'], errors: [fault.detail ?? fault.code] }]);
      }
    }
  }

  return (
    <Modal
      open
      title={place ? t('places.edit') : parent ? t('places.addIn', { name: parent.name }) : t('places.addTop')}
      okText={t('places.save')}
      cancelText={t('places.cancel')}
      confirmLoading={create.isPending || update.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        onFinish={(filled) => void save(filled)}
        initialValues={
          place ? { ...place, divisionCode: place.divisionCode ?? '' } : { kind: kinds[0], tags: [], order: 0 }
        }
      >
        <Form.Item
          name="kind"
          label={t('places.kindLabel')}
          rules={[{ required: true, message: t('places.needKind') }]}
        >
          <Select
            disabled={place !== undefined}
            options={kinds.map((value) => ({ value, label: t(`places.kind.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t('places.name')} rules={[{ required: true, message: t('places.needName') }]}>
          <Input maxLength={120} autoFocus />
        </Form.Item>
        <Form.Item
          name="code"
          label={t('places.code')}
          extra={t('places.codeHint')}
          rules={[
            { required: true, message: t('places.needCode') },
            { pattern: /^[^/\s]([^/\n\t]{0,62}[^/\s])?$/, message: t('places.badCode') },
          ]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', columnGap: 16 }}>
          {attributeFields(kind).map(([name, type]) => (
            <Form.Item
              key={name}
              name={['attributes', name]}
              label={t(`places.field.${name}`)}
              {...(type === 'yes' ? { valuePropName: 'checked' } : {})}
            >
              <Field type={type} />
            </Form.Item>
          ))}
        </div>
        <Form.Item name="tags" label={t('places.tags')}>
          <Select mode="tags" tokenSeparators={[';', '；', ',', '，']} maxCount={50} open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="divisionCode" label={t('places.divisionCode')}>
          <Input maxLength={12} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="order" label={t('places.order')}>
          <InputNumber precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
