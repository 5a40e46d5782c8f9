import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, InputNumber, Skeleton, Typography } from 'antd';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useCommissioning } from '../queries.ts';

type Points = Parameters<typeof sdk.models.setCommissioning>[0]['body']['points'];

/** What is measured before a device of the family goes into service, with the limits a value must keep. */
export function Commissioning({ family }: { family: string }) {
  const t = useT();
  const { may } = useSession();
  const client = useQueryClient();
  const { data, error } = useCommissioning(true);
  const save = useMutation({
    mutationFn: ({ points = [] }: { points?: Points }) =>
      sdk.models.setCommissioning({ params: { family }, body: { points: points.map(stripped) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['commissioning'] }),
  });
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  const kept = data.find((each) => each.family === family);
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t('things.commissioning.about')}</Typography.Text>
      {save.error ? <Alert type="error" showIcon title={said(save.error)} /> : null}
      {save.isSuccess ? <Alert type="success" showIcon title={t('things.commissioning.saved')} /> : null}
      <Form
        key={JSON.stringify(kept?.points ?? [])}
        disabled={!may('model:write')}
        initialValues={{ points: kept?.points ?? [] }}
        onFinish={(filled) => save.mutate(filled)}
      >
        <Form.List name="points">
          {(lines, { add, remove }) => (
            <Flex vertical gap={8}>
              {lines.map(({ key, name }) => (
                <Flex key={key} gap={8} align="baseline">
                  <Form.Item
                    name={[name, 'item']}
                    rules={[{ required: true, whitespace: true, message: t('things.needItem') }]}
                    style={{ flex: 2, marginBottom: 0 }}
                  >
                    <Input maxLength={120} placeholder={t('things.testItem')} />
                  </Form.Item>
                  <Form.Item name={[name, 'low']} style={{ marginBottom: 0 }}>
                    <InputNumber placeholder={t('things.commissioning.low')} style={{ width: 90 }} />
                  </Form.Item>
                  <Form.Item name={[name, 'high']} style={{ marginBottom: 0 }}>
                    <InputNumber placeholder={t('things.commissioning.high')} style={{ width: 90 }} />
                  </Form.Item>
                  <Form.Item name={[name, 'unit']} style={{ marginBottom: 0 }}>
                    <Input maxLength={20} placeholder={t('things.commissioning.unit')} style={{ width: 80 }} />
                  </Form.Item>
                  <Form.Item name={[name, 'tool']} style={{ flex: 1, marginBottom: 0 }}>
                    <Input maxLength={120} placeholder={t('things.commissioning.tool')} />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<MinusCircleOutlined />}
                    aria-label={t('things.removeLine')}
                    onClick={() => remove(name)}
                  />
                </Flex>
              ))}
              {may('model:write') ? (
                <Flex gap={8}>
                  <Button type="dashed" icon={<PlusOutlined />} onClick={() => add()}>
                    {t('things.commissioning.add')}
                  </Button>
                  <Button type="primary" htmlType="submit" loading={save.isPending}>
                    {t('things.commissioning.save')}
                  </Button>
                </Flex>
              ) : null}
            </Flex>
          )}
        </Form.List>
      </Form>
    </Flex>
  );
}

/** Fields left empty are not sent. */
const stripped = (point: Points[number]): Points[number] =>
  Object.fromEntries(
    Object.entries(point).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as Points[number];
