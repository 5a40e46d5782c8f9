import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, InputNumber, Modal, Typography } from 'antd';
import { useState } from 'react';
import { PlaceChoice, SecretText, useRefusal } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { type Doors, useDoors, useFleetChange } from './queries.ts';

interface Filled {
  name: string;
  code?: string;
  placeId?: string;
  minutes: number;
}

const commandFor = (token: string, { mqtts, https, fingerprint }: Doors) =>
  `npm run agent -- --platform mqtts://${location.hostname}:${mqtts} --site https://${location.hostname}:${https} --fingerprint ${fingerprint} --join ${token}`;

/** A token for one new node; the command to start it with is shown once. */
export function JoinDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const [problem, setProblem] = useState<string>();
  const [made, setMade] = useState<string>();
  const doors = useDoors();
  const token = made !== undefined && doors.data ? { made, doors: doors.data } : undefined;
  const refuse = useRefusal();
  const invite = useFleetChange((body: Filled) => sdk.fleet.invite({ body }));

  async function submit({ code, placeId, ...filled }: Filled) {
    setProblem(undefined);
    try {
      const invited = await invite.mutateAsync({ ...filled, ...(code && { code }), ...(placeId && { placeId }) });
      setMade(invited.token);
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause);
    }
  }

  return (
    <Modal
      open
      title={t('fleet.join')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        token ? (
          <Button type="primary" onClick={onClose}>
            {t('fleet.done')}
          </Button>
        ) : (
          // A token made before the doors are known could not be shown, and is shown only once.
          <Button
            type="primary"
            disabled={doors.data === undefined}
            loading={invite.isPending || doors.isPending}
            onClick={form.submit}
          >
            {t('fleet.makeToken')}
          </Button>
        )
      }
    >
      {token ? (
        <Flex vertical gap={12}>
          <SecretText text={commandFor(token.made, token.doors)} label={t('fleet.command')} />
          <Typography.Text type="secondary">{t('fleet.commandHint')}</Typography.Text>
        </Flex>
      ) : (
        <>
          {(problem ?? doors.error) ? (
            <Alert type="error" showIcon title={problem ?? said(doors.error)} style={{ marginBottom: 12 }} />
          ) : null}
          <Form<Filled>
            form={form}
            layout="vertical"
            initialValues={{ minutes: 60 }}
            onFinish={(filled) => void submit(filled)}
          >
            <Form.Item
              name="name"
              label={t('fleet.name')}
              rules={[{ required: true, whitespace: true, message: t('fleet.needName') }]}
            >
              <Input maxLength={120} autoFocus />
            </Form.Item>
            <Form.Item name="code" label={t('fleet.code')} extra={t('fleet.codeHint')}>
              <Input maxLength={63} />
            </Form.Item>
            <Form.Item name="placeId" label={t('fleet.place')}>
              <PlaceChoice style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="minutes" label={t('fleet.minutes')}>
              <InputNumber min={5} max={1440} precision={0} style={{ width: 160 }} />
            </Form.Item>
          </Form>
        </>
      )}
    </Modal>
  );
}
