import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Flex, Modal, Popconfirm, Typography } from 'antd';
import { type ReactNode, useState } from 'react';
import { SecretText } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useConfirming } from '../confirming.tsx';
import { type User, useUserChange } from '../queries.ts';

interface ActProps {
  title: string;
  hint: string;
  button: string;
  sure: string;
  danger?: boolean;
  disabled?: boolean;
  run(): Promise<void>;
}

/** One act with what it does beside it, asked once more before it is done. */
function Act({ title, hint, button, sure, danger = false, disabled = false, run }: ActProps) {
  const [busy, setBusy] = useState(false);
  return (
    <Flex justify="space-between" align="center" gap={16}>
      <div>
        <Typography.Text strong>{title}</Typography.Text>
        <div>
          <Typography.Text type="secondary">{hint}</Typography.Text>
        </div>
      </div>
      <Popconfirm
        title={sure}
        disabled={disabled}
        onConfirm={() => {
          setBusy(true);
          void run().finally(() => setBusy(false));
        }}
      >
        <Button danger={danger} disabled={disabled} loading={busy}>
          {button}
        </Button>
      </Popconfirm>
    </Flex>
  );
}

/** Getting a user back in, and keeping one out. */
export function UserSafety({ user, onDeleted }: { user: User; onDeleted(): void }): ReactNode {
  const t = useT();
  const { message } = App.useApp();
  const { session, may } = useSession();
  const { confirmed, dialog } = useConfirming();
  const [problem, setProblem] = useState<string>();
  const [password, setPassword] = useState<string>();
  const params = { id: user.id };
  const act = useUserChange((run: () => Promise<unknown>) => confirmed(run));

  /** Runs an act; what went wrong is shown above all of them. */
  const doing = (run: () => Promise<unknown>, done?: () => void) => async () => {
    setProblem(undefined);
    try {
      await act.mutateAsync(run);
      done?.();
    } catch (cause) {
      setProblem(said(cause));
    }
  };
  const told = (key: string) => () => void message.success(t(`identity.done.${key}`));

  if (user.state === 'deleted') return <Alert type="info" title={t('identity.deletedHint')} />;
  if (!may('user:write')) return <Alert type="info" title={t('identity.mayNotChange')} />;
  const own = user.id === session?.user.id;
  const active = user.state === 'active';

  return (
    <Flex vertical gap={20}>
      {problem ? <Alert type="error" showIcon title={problem} /> : null}
      <Act
        title={t('identity.resetPassword')}
        hint={t('identity.resetPasswordHint')}
        button={t('identity.reset')}
        sure={t('identity.resetPasswordSure', { name: user.name })}
        run={doing(async () => setPassword((await sdk.users.resetPassword({ params, body: {} })).password))}
      />
      <Act
        title={t('identity.resetFactor')}
        hint={t('identity.resetFactorHint')}
        button={t('identity.reset')}
        sure={t('identity.resetFactorSure', { name: user.name })}
        disabled={!user.secondFactor}
        run={doing(() => sdk.users.resetSecondFactor({ params }), told('factor'))}
      />
      <Act
        title={t('identity.endSessions')}
        hint={t('identity.endSessionsHint')}
        button={t('identity.end')}
        sure={t('identity.endSessionsSure', { name: user.name })}
        run={doing(() => sdk.users.endSessions({ params }), told('sessions'))}
      />
      <Act
        title={t(active ? 'identity.disable' : 'identity.enable')}
        hint={t(active ? 'identity.disableHint' : 'identity.enableHint')}
        button={t(active ? 'identity.disable' : 'identity.enable')}
        sure={t(active ? 'identity.disableSure' : 'identity.enableSure', { name: user.name })}
        danger={active}
        disabled={own}
        run={doing(
          () =>
            sdk.users.update({ params, body: { state: active ? 'disabled' : 'active' } }, { ifMatch: user.version }),
          told(active ? 'disabled' : 'enabled'),
        )}
      />
      <Act
        title={t('identity.delete')}
        hint={t('identity.deleteHint')}
        button={t('identity.delete')}
        sure={t('identity.deleteSure', { name: user.name })}
        danger
        disabled={own}
        run={doing(() => sdk.users.delete({ params }), onDeleted)}
      />
      {own ? <Typography.Text type="secondary">{t('identity.ownHint')}</Typography.Text> : null}
      {password ? (
        <Modal
          open
          footer={null}
          title={t('identity.newPasswordOf', { name: user.name })}
          onCancel={() => setPassword(undefined)}
          mask={{ closable: false }}
        >
          <SecretText text={password} label={t('identity.firstPassword')} />
        </Modal>
      ) : null}
      {dialog}
    </Flex>
  );
}
