import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { bearers, oneOf } from '../../../parts/index.ts';
import { isProblem, said, sdk } from '../../../shell/sdk.ts';
import { equipmentClasses } from '../list/filter.ts';
import { PlaceChoice } from '../list/PlaceChoice.tsx';
import { type Thing, type ThingChange, useChange, useModelVersions } from '../queries.ts';

/** Fields of the device file, in the order people ask for them. */
export const dossierFields = [
  { name: 'maker', date: false },
  { name: 'serial', date: false },
  { name: 'specification', date: false },
  { name: 'productionDate', date: true },
  { name: 'warrantyUntil', date: true },
  { name: 'contractNo', date: false },
  { name: 'bearer', date: false },
  { name: 'protocol', date: false },
] as const;

type FieldName = (typeof dossierFields)[number]['name'];

interface Filled extends Partial<Record<FieldName, string>> {
  name: string;
  placeId?: string | null;
  modelVersion: number;
  equipmentClass?: (typeof equipmentClasses)[number] | null;
  labels: string[];
}

const labelsOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );

/** Name, place, model version and file of a thing. */
export function ThingEditor({ thing, onClose }: { thing: Thing; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const [problem, setProblem] = useState<string>();
  const versions = useModelVersions(thing.family);
  const update = useChange((change: ThingChange) =>
    sdk.things.update({ params: { id: thing.id }, body: change }, { ifMatch: thing.version }),
  );

  async function save({ name, placeId, modelVersion, equipmentClass = null, labels, ...fields }: Filled) {
    setProblem(undefined);
    const file = Object.fromEntries(dossierFields.map((field) => [field.name, fields[field.name]?.trim() || null]));
    try {
      await update.mutateAsync({
        ...{ name, placeId: placeId ?? null, modelVersion, equipmentClass, labels: labelsOf(labels) },
        ...file,
        bearer: oneOf(bearers, fields.bearer) ?? null,
      });
      onClose();
    } catch (cause) {
      setProblem(said(cause));
      for (const fault of isProblem(cause) ? cause.errors : [])
        form.setFields([{ name: fault.pointer.slice(1) as 'name', errors: [fault.detail ?? fault.code] }]);
    }
  }

  return (
    <Modal
      open
      title={t('things.edit')}
      okText={t('things.save')}
      cancelText={t('things.cancel')}
      confirmLoading={update.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        onFinish={(filled) => void save(filled)}
        initialValues={{
          ...thing,
          labels: Object.entries(thing.labels).map(([name, value]) => `${name}=${value}`),
        }}
      >
        <Form.Item name="name" label={t('things.name')} rules={[{ required: true, message: t('things.needName') }]}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="placeId" label={t('things.place')}>
          <PlaceChoice width="100%" />
        </Form.Item>
        <Form.Item name="modelVersion" label={t('things.modelVersion')}>
          <Select options={versions.data?.map(({ version }) => ({ value: version, label: `v${version}` }))} />
        </Form.Item>
        <Form.Item name="equipmentClass" label={t('things.classLabel')}>
          <Select
            allowClear
            onClear={() => form.setFieldValue('equipmentClass', null)}
            options={equipmentClasses.map((each) => ({ value: each, label: t(`things.classes.${each}`) }))}
          />
        </Form.Item>
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', columnGap: 16 }}>
          {dossierFields.map(({ name, date }) => (
            <Form.Item key={name} name={name} label={t(`things.field.${name}`)}>
              {name === 'bearer' ? (
                <Select allowClear options={bearers.map((value) => ({ value, label: t(`parts.bearers.${value}`) }))} />
              ) : (
                <Input maxLength={name === 'specification' ? 400 : 120} {...(date ? { type: 'date' } : {})} />
              )}
            </Form.Item>
          ))}
        </div>
        <Form.Item
          name="labels"
          label={t('things.labels')}
          extra={t('things.labelsHint')}
          rules={[
            {
              validator: (_, lines: string[]) =>
                lines.every((line) => /^[A-Za-z_][A-Za-z0-9_.-]{0,62}=/.test(line))
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('things.labelsHint'))),
            },
          ]}
        >
          <Select mode="tags" open={false} suffixIcon={null} maxCount={50} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
