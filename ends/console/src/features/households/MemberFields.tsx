import { DeleteOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { Button, Card, Flex, Form, Input, InputNumber, Select } from 'antd';
import { isProblem, sdk } from '../../shell/sdk.ts';
import { relations } from './relations.ts';

interface MemberFieldsProps {
  /** Name of the row in the list of members. */
  at: number;
  number: number;
  onRemove?(): void;
}

/** One member of a household that applies. A resident number is looked at as soon as it is typed: its check digit, and whether it is there. */
export function MemberFields({ at, number, onRemove }: MemberFieldsProps) {
  const { t, has } = useTexts();
  const label = (name: string) => t(`households.fields.${name}`);

  async function lookAt(_: unknown, value: string | undefined) {
    if (!value?.trim()) return;
    const found = await sdk.parties
      .find({ body: { field: 'resident-id', value: value.trim() } })
      .catch((cause: unknown) => {
        const code = isProblem(cause) ? cause.errors[0]?.code : undefined;
        // Without an answer nothing is said here: what is sent is looked at once more.
        if (code) throw new Error(has(`parts.fault.${code}`) ? t(`parts.fault.${code}`) : code);
        return [];
      });
    if (found.length > 0) throw new Error(t('parts.fault.id-taken'));
  }

  return (
    <Card
      size="small"
      title={t('households.memberNumber', { number })}
      extra={
        onRemove ? (
          <Button
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={t('households.removeMember', { number })}
            onClick={onRemove}
          />
        ) : null
      }
    >
      <Flex wrap gap={16}>
        <Form.Item
          name={[at, 'name']}
          label={t('households.memberName')}
          rules={[{ required: true, whitespace: true }]}
          style={{ width: 180 }}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name={[at, 'relation']}
          label={t('households.relation')}
          rules={[{ required: true }]}
          style={{ width: 140 }}
        >
          <Select options={relations.map((value) => ({ value, label: t(`households.relations.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name={[at, 'residentId']}
          label={label('resident-id')}
          rules={[{ validator: lookAt }]}
          validateTrigger="onBlur"
          style={{ width: 240 }}
        >
          <Input maxLength={20} autoComplete="off" />
        </Form.Item>
        <Form.Item name={[at, 'phone']} label={label('phone')} style={{ width: 180 }}>
          <Input maxLength={20} autoComplete="off" inputMode="tel" />
        </Form.Item>
        <Form.Item name={[at, 'income']} label={t('households.incomeYuan')} style={{ width: 180 }}>
          <InputNumber min={0} precision={2} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[at, 'assets']} label={t('households.assetsYuan')} style={{ width: 180 }}>
          <InputNumber min={0} precision={2} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[at, 'employer']} label={label('employer')} style={{ width: 240 }}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
      </Flex>
    </Card>
  );
}
