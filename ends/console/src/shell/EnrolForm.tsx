import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, QRCode, Typography } from 'antd';
import { useState } from 'react';
import { said, sdk } from './sdk.ts';

/** Setting up one-time codes: secret, first code, recovery codes shown once. */
export function EnrolForm({ onDone }: { onDone(): void }) {
  const t = useT();
  const [codes, setCodes] = useState<string[]>();
  const [problem, setProblem] = useState<string>();
  const secret = useQuery({
    queryKey: ['enrolment'],
    queryFn: () => sdk.sessions.beginEnrolment({}),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

  async function confirm({ code }: { code: string }) {
    try {
      setProblem(undefined);
      const reply = await sdk.sessions.confirmEnrolment({ body: { code } });
      setCodes(reply.recoveryCodes);
    } catch (cause) {
      setProblem(said(cause));
    }
  }

  if (codes) {
    return (
      <Flex vertical gap={12}>
        <Alert type="warning" title={t('signIn.recovery')} />
        <Typography.Text code copyable style={{ whiteSpace: 'pre-line' }}>
          {codes.join('\n')}
        </Typography.Text>
        <Button type="primary" block onClick={onDone}>
          {t('signIn.continue')}
        </Button>
      </Flex>
    );
  }
  return (
    <Form layout="vertical" requiredMark={false} onFinish={confirm}>
      <Typography.Paragraph type="secondary">{t('signIn.enrolHint')}</Typography.Paragraph>
      {problem ? <Alert type="error" title={problem} style={{ marginBottom: 12 }} /> : null}
      {secret.error ? <Alert type="error" title={said(secret.error)} style={{ marginBottom: 12 }} /> : null}
      {secret.data ? (
        <Flex vertical align="center" gap={8} style={{ marginBottom: 12 }}>
          <QRCode value={secret.data.uri} size={168} />
          <Typography.Text copyable code>
            {secret.data.secret}
          </Typography.Text>
        </Flex>
      ) : null}
      <Form.Item name="code" rules={[{ required: true, message: t('signIn.needCode') }]}>
        <Input placeholder={t('signIn.code')} inputMode="numeric" autoComplete="one-time-code" size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block size="large">
        {t('signIn.verify')}
      </Button>
    </Form>
  );
}
