import { useTexts } from '@keystead/ui/i18n';
import { Alert, App, Button, Drawer, Flex, Form, Input, Popconfirm, Select, Space, Typography } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useConfirming } from '../confirming.tsx';
import { type Role, type RoleDraft, useRoleChange } from '../queries.ts';
import { originOf, type Rights } from './matrix.ts';
import { PermissionMatrix } from './PermissionMatrix.tsx';

interface RoleDrawerProps {
  /** Absent for a new one. */
  role: Role | undefined;
  roles: readonly Role[];
  all: readonly string[];
  onClose(): void;
}

interface Filled {
  code: string;
  zh: string;
  en: string;
}

const changes = (before: readonly string[], after: readonly string[]) => ({
  added: after.filter((each) => !before.includes(each)).length,
  removed: before.filter((each) => !after.includes(each)).length,
});

/** Where a role comes from and whether it follows the versions of the platform; an edited one may be brought back to them. */
function Origin({ role, onTake }: { role: Role; onTake: ((rights: Rights) => void) | undefined }) {
  const { t } = useTexts();
  const origin = originOf(role);
  if (role.shipped === null) return null;
  if (origin === 'shipped') return <Alert type="info" showIcon title={t('identity.originShipped')} />;
  const lacks = role.shipped.filter((each) => !role.permissions.includes(each));
  const shipped: Rights = { permissions: role.shipped, denies: [] };
  return (
    <Alert
      type="warning"
      showIcon
      title={t('identity.originEdited')}
      description={lacks.length > 0 ? t('identity.originLacks', { rights: lacks.join(' · ') }) : undefined}
      action={
        onTake ? (
          <Button size="small" onClick={() => onTake(shipped)}>
            {t('identity.takeShipped')}
          </Button>
        ) : undefined
      }
    />
  );
}

/** A role: its names and what it may. Before it is saved, what changes is said. */
export function RoleDrawer({ role, roles, all, onClose }: RoleDrawerProps) {
  const { t, language } = useTexts();
  const { message } = App.useApp();
  const { may } = useSession();
  const [form] = Form.useForm<Filled>();
  const [rights, setRights] = useState<Rights>({ permissions: role?.permissions ?? [], denies: role?.denies ?? [] });
  const [problem, setProblem] = useState<string>();
  const refuse = useRefusal();
  const { confirmed, dialog } = useConfirming();
  const save = useRoleChange((body: RoleDraft) =>
    confirmed(() => {
      const { code: _, ...change } = body;
      return role
        ? sdk.roles.update({ params: { id: role.id }, body: change }, { ifMatch: role.version })
        : sdk.roles.create({ body });
    }),
  );
  const remove = useRoleChange((id: string) => confirmed(() => sdk.roles.delete({ params: { id } })));
  const mayWrite = may('role:write');
  const given = changes(role?.permissions ?? [], rights.permissions);
  const denied = changes(role?.denies ?? [], rights.denies);

  const guarded = async (run: () => Promise<unknown>) => {
    setProblem(undefined);
    try {
      await run();
      onClose();
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause, ([name, second]) => (name === 'names' ? [second === 'en' ? 'en' : 'zh'] : [name ?? 'code']));
    }
  };
  const submit = ({ code, zh, en }: Filled) =>
    guarded(async () => {
      await save.mutateAsync({
        code: role?.code ?? code,
        names: { 'zh-CN': zh, en },
        permissions: [...rights.permissions],
        denies: [...rights.denies],
      });
      void message.success(t('identity.saved'));
    });

  return (
    <Drawer
      open
      size={960}
      title={role ? role.names[language] : t('identity.addRole')}
      onClose={onClose}
      extra={
        mayWrite ? (
          <Space>
            {role ? (
              <Popconfirm
                title={t('identity.deleteRoleSure')}
                onConfirm={() => void guarded(() => remove.mutateAsync(role.id))}
              >
                <Button danger loading={remove.isPending}>
                  {t('identity.delete')}
                </Button>
              </Popconfirm>
            ) : null}
            <Button type="primary" loading={save.isPending} onClick={form.submit}>
              {t('identity.save')}
            </Button>
          </Space>
        ) : null
      }
    >
      <Flex vertical gap={16}>
        {problem ? <Alert type="error" showIcon title={problem} /> : null}
        {role ? <Origin role={role} onTake={mayWrite ? setRights : undefined} /> : null}
        <Form<Filled>
          form={form}
          layout="vertical"
          disabled={!mayWrite}
          initialValues={{ code: role?.code, zh: role?.names['zh-CN'], en: role?.names.en }}
          onFinish={(filled) => void submit(filled)}
        >
          <Flex gap={16} wrap>
            <Form.Item
              name="zh"
              label={t('identity.nameZh')}
              style={{ flex: 1 }}
              rules={[{ required: true, whitespace: true, message: t('identity.needName') }]}
            >
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item
              name="en"
              label={t('identity.nameEn')}
              style={{ flex: 1 }}
              rules={[{ required: true, whitespace: true, message: t('identity.needName') }]}
            >
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item
              name="code"
              label={t('identity.roleCode')}
              extra={t('identity.roleCodeHint')}
              style={{ flex: 1 }}
              rules={[
                { required: true, message: t('identity.needCodeOf') },
                { pattern: /^[a-z][a-z0-9-]{1,39}$/, message: t('identity.badCode') },
              ]}
            >
              <Input maxLength={40} disabled={role !== undefined} />
            </Form.Item>
          </Flex>
        </Form>
        {role ? null : (
          <Select
            placeholder={t('identity.beginLike')}
            aria-label={t('identity.beginLike')}
            style={{ width: 280 }}
            options={roles.map(({ id, names }) => ({ value: id, label: names[language] }))}
            onChange={(id: string) => {
              const model = roles.find((each) => each.id === id);
              if (model) setRights({ permissions: model.permissions, denies: model.denies });
            }}
          />
        )}
        <PermissionMatrix all={all} rights={rights} onChange={mayWrite ? setRights : undefined} />
        {mayWrite ? (
          <Typography.Text type="secondary">
            {t('identity.willChange', {
              added: given.added,
              removed: given.removed,
              denied: denied.added,
              undenied: denied.removed,
            })}
          </Typography.Text>
        ) : null}
        {dialog}
      </Flex>
    </Drawer>
  );
}
