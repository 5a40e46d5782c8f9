import { LockOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { EnrolForm } from './EnrolForm.tsx';
import { NewPasswordForm } from './NewPasswordForm.tsx';
import { said, sdk } from './sdk.ts';
import { useSession } from './session.tsx';

type Step = 'password' | 'code' | 'enrol' | 'change';

const stepOf: Partial<Record<string, Step>> = { 'second-factor': 'code', enrol: 'enrol', 'change-password': 'change' };

/** Signing in: password, then what the account's policy asks for. */
export function SignInPage() {
  const { t, language, choose } = useTexts();
  const { session, refresh, signOut } = useSession();
  const waiting: Step = stepOf[session?.status ?? ''] ?? 'password';
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const policy = useQuery({
    queryKey: ['policy'],
    queryFn: () => sdk.sessions.policy({}),
    staleTime: 60_000,
    retry: false,
  });

  async function run(step: () => Promise<unknown>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await step();
      await refresh();
    } catch (cause) {
      setProblem(said(cause));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Flex
      vertical
      justify="center"
      align="center"
      style={{ minHeight: '100%', background: 'var(--ks-color-bg-layout)', padding: 16 }}
    >
      <Card style={{ width: 380 }}>
        <Flex vertical align="center" gap={8} style={{ marginBottom: 20 }}>
          <img src="/mark.svg" alt="" width={44} height={44} />
          <Typography.Title level={4} style={{ margin: 0 }}>
            {t(waiting === 'enrol' ? 'signIn.enrolTitle' : 'signIn.title')}
          </Typography.Title>
        </Flex>
        {problem ? <Alert type="error" title={problem} showIcon style={{ marginBottom: 16 }} /> : null}
        {waiting === 'password' ? (
          <Form
            layout="vertical"
            requiredMark={false}
            onFinish={(body: { username: string; password: string }) => run(() => sdk.sessions.create({ body }))}
          >
            <Form.Item name="username" rules={[{ required: true, message: t('signIn.needUsername') }]}>
              <Input
                prefix={<UserOutlined />}
                placeholder={t('signIn.username')}
                autoComplete="username"
                autoFocus
                size="large"
              />
            </Form.Item>
            <Form.Item name="password" rules={[{ required: true, message: t('signIn.needPassword') }]}>
              <Input.Password
                prefix={<LockOutlined />}
                placeholder={t('signIn.password')}
                autoComplete="current-password"
                size="large"
              />
            </Form.Item>
            <Button type="primary" htmlType="submit" block size="large" loading={busy}>
              {t('signIn.submit')}
            </Button>
          </Form>
        ) : null}
        {waiting === 'code' ? (
          <Form
            layout="vertical"
            requiredMark={false}
            onFinish={({ code }: { code: string }) => run(() => sdk.sessions.verify({ body: { code } }))}
          >
            <Form.Item
              name="code"
              extra={t('signIn.codeHint')}
              rules={[{ required: true, message: t('signIn.needCode') }]}
            >
              <Input
                prefix={<SafetyOutlined />}
                placeholder={t('signIn.code')}
                autoComplete="one-time-code"
                inputMode="numeric"
                autoFocus
                size="large"
              />
            </Form.Item>
            <Button type="primary" htmlType="submit" block size="large" loading={busy}>
              {t('signIn.verify')}
            </Button>
          </Form>
        ) : null}
        {waiting === 'change' ? (
          <NewPasswordForm
            busy={busy}
            shortest={policy.data?.passwordLength ?? 12}
            onDone={(body) => run(() => sdk.sessions.changePassword({ body }))}
          />
        ) : null}
        {waiting === 'enrol' ? <EnrolForm onDone={() => void refresh()} /> : null}
        {waiting === 'password' ? null : (
          <Button type="link" block onClick={() => void signOut()} style={{ marginTop: 8 }}>
            {t('signIn.otherAccount')}
          </Button>
        )}
        {policy.data?.waived ? <Alert type="info" title={t('signIn.waived')} style={{ marginTop: 16 }} /> : null}
      </Card>
      <Button type="link" onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')} style={{ marginTop: 12 }}>
        {t('shell.otherLanguage')}
      </Button>
    </Flex>
  );
}
