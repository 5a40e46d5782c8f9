import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { AutoComplete, Button, Flex, Form, Input } from 'antd';
import { fieldsOf } from '../input-form.ts';

const most = 8;

/** Which fields of the event become fields of the command's input: a lift is called to the floor the door told. */
export function CarryFields({ input }: { input: Readonly<Record<string, unknown>> | undefined }) {
  const t = useT();
  const must = [{ required: true, whitespace: true, message: t('commands.required') }];
  const fields = fieldsOf(input).map(({ name }) => ({ value: name }));
  return (
    <Form.Item label={t('commands.linkages.carry')} extra={t('commands.linkages.carryHint')}>
      <Form.List name="carry">
        {(lines, { add, remove }) => (
          <Flex vertical gap={8}>
            {lines.map((line) => (
              <Flex key={line.key} gap={8} align="baseline">
                <Form.Item name={[line.name, 'from']} rules={must} style={{ flex: 1, marginBottom: 0 }}>
                  <Input
                    maxLength={64}
                    aria-label={t('commands.linkages.carryFrom')}
                    placeholder={t('commands.linkages.carryFrom')}
                  />
                </Form.Item>
                →
                <Form.Item name={[line.name, 'to']} rules={must} style={{ flex: 1, marginBottom: 0 }}>
                  <AutoComplete
                    options={fields}
                    aria-label={t('commands.linkages.carryTo')}
                    placeholder={t('commands.linkages.carryTo')}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<MinusCircleOutlined />}
                  aria-label={t('commands.linkages.carryRemove')}
                  onClick={() => remove(line.name)}
                />
              </Flex>
            ))}
            {lines.length < most ? (
              <Button type="dashed" icon={<PlusOutlined />} onClick={() => add()}>
                {t('commands.linkages.carryAdd')}
              </Button>
            ) : null}
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  );
}
