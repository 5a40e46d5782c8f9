import { useT } from '@keystead/ui/i18n';
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import type { InputField } from './input-form.ts';

const range = ({ minimum, maximum }: InputField): string | undefined =>
  minimum === undefined && maximum === undefined ? undefined : `${minimum ?? ''} … ${maximum ?? ''}`;

/** The fields of a service's input, with their limits. */
export function InputFields({ fields }: { fields: readonly InputField[] }) {
  const t = useT();
  return fields.map((field) => (
    <Form.Item
      key={field.name}
      name={['input', field.name]}
      label={field.name}
      extra={range(field)}
      valuePropName={field.kind === 'boolean' ? 'checked' : 'value'}
      {...(field.kind === 'boolean' ? { initialValue: false } : {})}
      rules={[{ required: field.required && field.kind !== 'boolean', message: t('commands.required') }]}
    >
      {control(field)}
    </Form.Item>
  ));
}

function control({ kind, minimum, maximum, maxLength, choices }: InputField) {
  const limits = {
    ...(minimum === undefined ? {} : { min: minimum }),
    ...(maximum === undefined ? {} : { max: maximum }),
  };
  if (kind === 'number' || kind === 'integer')
    return <InputNumber style={{ width: 200 }} {...limits} {...(kind === 'integer' ? { precision: 0 } : {})} />;
  if (kind === 'boolean') return <Switch />;
  if (kind === 'choice') return <Select options={choices?.map((value) => ({ value, label: String(value) }))} />;
  if (kind === 'json') return <Input.TextArea rows={2} />;
  return <Input {...(maxLength === undefined ? {} : { maxLength })} />;
}
