import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, Modal, Tag, Typography } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../../shell/sdk.ts';
import { whitelists } from '../list/filter.ts';
import { type Thing, useChange } from '../queries.ts';

type State = (typeof whitelists)[number];

/** May the thing speak: admitted, suspended for now, or not any more. Each change says why. */
export function Whitelist({ thing }: { thing: Thing }) {
  const t = useT();
  const [wanted, setWanted] = useState<State>();
  const [form] = Form.useForm<{ reason: string }>();
  const change = useChange((body: { whitelist: State; reason: string }) =>
    sdk.things.whitelist({ params: { id: thing.id }, body }),
  );
  return (
    <Flex gap={12} align="center" wrap>
      <Tag variant={thing.whitelist === 'admitted' ? 'outlined' : 'solid'}>
        {t(`things.whitelists.${thing.whitelist}`)}
      </Tag>
      <Typography.Text type="secondary">{t(`things.whitelistMeans.${thing.whitelist}`)}</Typography.Text>
      {whitelists
        .filter((state) => state !== thing.whitelist)
        .map((state) => (
          <Button key={state} danger={state === 'revoked'} onClick={() => setWanted(state)}>
            {t(`things.whitelistSteps.${state}`)}
          </Button>
        ))}
      {wanted ? (
        <Modal
          open
          title={t(`things.whitelistSteps.${wanted}`)}
          okText={t('things.confirm')}
          cancelText={t('things.cancel')}
          okButtonProps={{ danger: wanted === 'revoked' }}
          confirmLoading={change.isPending}
          onOk={form.submit}
          onCancel={() => setWanted(undefined)}
        >
          <Flex vertical gap={12}>
            <Typography.Text>{t(`things.whitelistMeans.${wanted}`)}</Typography.Text>
            {change.error ? <Alert type="error" showIcon title={said(change.error)} /> : null}
            <Form
              form={form}
              layout="vertical"
              onFinish={({ reason }) =>
                change.mutate({ whitelist: wanted, reason }, { onSuccess: () => setWanted(undefined) })
              }
            >
              <Form.Item
                name="reason"
                label={t('things.reason')}
                rules={[{ required: true, whitespace: true, message: t('things.needReason') }]}
              >
                <Input.TextArea rows={2} maxLength={500} autoFocus />
              </Form.Item>
            </Form>
          </Flex>
        </Modal>
      ) : null}
    </Flex>
  );
}
