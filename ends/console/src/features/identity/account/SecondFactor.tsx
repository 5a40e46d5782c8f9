import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, Modal, Popconfirm, QRCode, Typography } from 'antd';
import { useState } from 'react';
import { SecretText } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useConfirming } from '../confirming.tsx';
import { useOwnChange } from '../queries.ts';

/** One's own second factor: setting it up, other recovery codes, giving it up where that is allowed. */
export function SecondFactor() {
  const t = useT();
  const { session, refresh } = useSession();
  const { confirmed, dialog } = useConfirming();
  const [begun, setBegun] = useState<{ secret: string; uri: string }>();
  const [codes, setCodes] = useState<string[]>();
  const act = useOwnChange((run: () => Promise<unknown>) => confirmed(run));
  const factor = session?.secondFactor;
  const run = (what: () => Promise<unknown>) => act.mutate(what, { onSuccess: () => void refresh() });

  return (
    <Flex vertical gap={12} align="start">
      {act.error ? <Alert type="error" showIcon title={said(act.error)} /> : null}
      <Typography.Text>
        {t(factor?.enrolled ? 'identity.factorIsOn' : 'identity.factorIsOff', {
          count: factor?.recoveryCodesLeft ?? 0,
        })}
      </Typography.Text>
      {factor?.waived ? <Alert type="info" title={t('identity.factorWaived')} /> : null}
      {factor?.enrolled ? (
        <Flex gap={8}>
          <Popconfirm
            title={t('identity.renewCodesSure')}
            onConfirm={() => run(async () => setCodes((await sdk.sessions.renewRecovery()).recoveryCodes))}
          >
            <Button>{t('identity.renewCodes')}</Button>
          </Popconfirm>
          <Popconfirm title={t('identity.removeFactorSure')} onConfirm={() => run(() => sdk.sessions.removeFactor())}>
            <Button danger>{t('identity.removeFactor')}</Button>
          </Popconfirm>
        </Flex>
      ) : (
        <Button
          type="primary"
          loading={act.isPending}
          onClick={() => act.mutate(async () => setBegun(await sdk.sessions.beginEnrolment()))}
        >
          {t('identity.setUpFactor')}
        </Button>
      )}
      {begun ? (
        <Enrolment
          begun={begun}
          onClose={() => setBegun(undefined)}
          onDone={(made) => {
            setBegun(undefined);
            setCodes(made);
            void refresh();
          }}
        />
      ) : null}
      {codes ? (
        <Modal
          open
          footer={null}
          title={t('identity.recoveryCodes')}
          onCancel={() => setCodes(undefined)}
          mask={{ closable: false }}
        >
          <SecretText text={codes.join('\n')} label={t('identity.recoveryHint')} />
        </Modal>
      ) : null}
      {dialog}
    </Flex>
  );
}

interface EnrolmentProps {
  begun: { secret: string; uri: string };
  onClose(): void;
  onDone(codes: string[]): void;
}

function Enrolment({ begun, onClose, onDone }: EnrolmentProps) {
  const t = useT();
  const [form] = Form.useForm<{ code: string }>();
  const confirm = useOwnChange((code: string) => sdk.sessions.confirmEnrolment({ body: { code } }));
  return (
    <Modal
      open
      width={420}
      title={t('identity.setUpFactor')}
      okText={t('identity.confirm')}
      cancelText={t('identity.cancel')}
      confirmLoading={confirm.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Typography.Paragraph type="secondary">{t('identity.enrolHint')}</Typography.Paragraph>
      {confirm.error ? <Alert type="error" showIcon title={said(confirm.error)} style={{ marginBottom: 12 }} /> : null}
      <Flex vertical align="center" gap={8} style={{ marginBottom: 12 }}>
        <QRCode value={begun.uri} size={168} />
        <Typography.Text copyable code>
          {begun.secret}
        </Typography.Text>
      </Flex>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => confirm.mutate(code, { onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes) })}
      >
        <Form.Item name="code" label={t('identity.code')} rules={[{ required: true, message: t('identity.needCode') }]}>
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
