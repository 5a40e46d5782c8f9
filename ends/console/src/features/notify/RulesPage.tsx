import { PlusOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Flex, Popconfirm, Space, Switch, Tag, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { type Rule, useRemoveRule, useRules, useSaveRule, useTryRule } from './queries.ts';
import { RuleEditor } from './RuleEditor.tsx';

/** Who is told, as a person would say it. */
function Audience({ rule }: { rule: Rule }) {
  const { t, has } = useTexts();
  const { users, roles, permission, assignee } = rule.definition.audience;
  const parts = [
    assignee ? t('notify.theAssignee') : '',
    permission
      ? t('notify.whoMay', { what: has(`notify.duty.${permission}`) ? t(`notify.duty.${permission}`) : permission })
      : '',
    roles.length > 0 ? t('notify.rolesCount', { count: roles.length }) : '',
    users.length > 0 ? t('notify.usersCount', { count: users.length }) : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(t('notify.and')) : '—';
}

/** Who is told what, by which way. */
export default function RulesPage() {
  const { t } = useTexts();
  const { message } = App.useApp();
  const rules = useRules();
  const save = useSaveRule();
  const remove = useRemoveRule();
  const trial = useTryRule();
  const [edited, setEdited] = useState<Rule | 'new'>();
  const failed = (cause: unknown) => void message.error(said(cause));

  const toggle = (rule: Rule, enabled: boolean) =>
    save.mutate({ rule, body: { name: rule.name, definition: rule.definition, enabled } }, { onError: failed });

  return (
    <>
      <ListPage<Rule>
        title={t('notify.rules')}
        total={rules.data?.items.length}
        actions={
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
            {t('notify.addRule')}
          </Button>
        }
        columns={[
          { title: t('notify.ruleName'), render: (_, row) => <Typography.Text strong>{row.name}</Typography.Text> },
          {
            title: t('notify.when'),
            render: (_, row) => (
              <Flex gap={4} wrap style={{ maxWidth: 320 }}>
                {row.definition.triggers.map((trigger) => (
                  <Tag key={trigger}>{t(`notify.trigger.${trigger}`)}</Tag>
                ))}
              </Flex>
            ),
          },
          {
            title: t('notify.severity'),
            width: 150,
            render: (_, { definition: { severity } }) =>
              severity.from === severity.to ? (
                <SeverityMark severity={severity.from} />
              ) : (
                <Space size={6}>
                  <SeverityMark severity={severity.from} />
                  {t('notify.to')}
                  <SeverityMark severity={severity.to} />
                </Space>
              ),
          },
          { title: t('notify.audience'), render: (_, row) => <Audience rule={row} /> },
          {
            title: t('notify.ways'),
            render: (_, { definition }) => (
              <Flex gap={4} wrap>
                {definition.channels.map((channel) => (
                  <Tag key={channel}>{t(`notify.channel.${channel}`)}</Tag>
                ))}
                {definition.webhooks.length > 0 ? <Tag>{t('notify.channel.webhook')}</Tag> : null}
              </Flex>
            ),
          },
          {
            title: t('notify.enabled'),
            width: 80,
            render: (_, row) => (
              <Switch
                checked={row.enabled}
                aria-label={t('notify.enabledOf', { name: row.name })}
                onChange={(enabled, event) => {
                  event.stopPropagation();
                  toggle(row, enabled);
                }}
              />
            ),
          },
          {
            title: '',
            width: 150,
            render: (_, row) => (
              <Space size={0} onClick={(event) => event.stopPropagation()}>
                <Button
                  size="small"
                  type="text"
                  loading={trial.isPending && trial.variables === row.id}
                  onClick={() =>
                    trial.mutate(row.id, {
                      onSuccess: ({ deliveries }) =>
                        void message.success(t('notify.tried', { count: deliveries.length })),
                      onError: failed,
                    })
                  }
                >
                  {t('notify.try')}
                </Button>
                <Popconfirm
                  title={t('notify.removeRuleSure')}
                  onConfirm={() => remove.mutate(row.id, { onError: failed })}
                >
                  <Button size="small" type="text" danger>
                    {t('notify.remove')}
                  </Button>
                </Popconfirm>
              </Space>
            ),
          },
        ]}
        rows={rules.data?.items}
        rowKey={(row) => row.id}
        loading={rules.isPending}
        error={rules.error ? said(rules.error) : undefined}
        onReload={() => void rules.refetch()}
        onOpen={setEdited}
        empty={t('notify.emptyRules')}
      />
      {edited ? <RuleEditor rule={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} /> : null}
    </>
  );
}
