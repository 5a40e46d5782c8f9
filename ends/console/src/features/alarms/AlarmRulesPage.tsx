import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Space, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { EnabledSwitch, RemoveButton } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { GroupingDialog } from './GroupingDialog.tsx';
import { type ModelWords, useModelWords } from './model-words.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { type Rule, type RuleBody, triggerOf, useRemoveRule, useRules, useSaveRule } from './rule-queries.ts';

/** A rule in a line, as a person would say it. */
function Summary({ rule, words }: { rule: Rule; words: ModelWords }) {
  const { t } = useTexts();
  const trigger = triggerOf(rule.definition);
  if (trigger.kind === 'condition') {
    return (
      <Space orientation="vertical" size={2}>
        {trigger.levels.map((level) => (
          <Space key={level.severity} size={8}>
            <SeverityMark severity={level.severity} />
            <Typography.Text code>{level.when}</Typography.Text>
            {level.for ? (
              <Typography.Text type="secondary">{t('alarms.rules.lasting', { seconds: level.for })}</Typography.Text>
            ) : null}
          </Space>
        ))}
      </Space>
    );
  }
  const what =
    trigger.kind === 'event'
      ? t('alarms.rules.onEvent', { event: words.event(rule.family, trigger.event) })
      : trigger.kind === 'offline'
        ? t('alarms.rules.onOffline', { seconds: trigger.for })
        : t('alarms.rules.onMissing', {
            property: words.property(rule.family, trigger.property),
            seconds: trigger.for,
          });
  return (
    <Space size={8}>
      <SeverityMark severity={trigger.severity} />
      {what}
    </Space>
  );
}

export default function AlarmRulesPage() {
  const { t, language } = useTexts();
  const { may } = useSession();
  const { message } = App.useApp();
  const rules = useRules();
  const words = useModelWords();
  const save = useSaveRule();
  const remove = useRemoveRule();
  const [edited, setEdited] = useState<Rule | 'new'>();
  const [grouping, setGrouping] = useState(false);
  const rows = useMemo(() => rules.data?.items, [rules.data]);
  const mayEdit = may('alarm:rule');

  const toggle = (rule: Rule, enabled: boolean) =>
    save.mutate(
      { id: rule.id, version: rule.version, body: { ...(rule.definition as RuleBody), enabled } },
      { onError: (cause) => void message.error(said(cause)) },
    );

  return (
    <>
      <ListPage<Rule>
        title={t('alarms.rules.menu')}
        total={rows?.length}
        actions={
          mayEdit ? (
            <Space>
              <Button onClick={() => setGrouping(true)}>{t('alarms.grouping.title')}</Button>
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
                {t('alarms.rules.add')}
              </Button>
            </Space>
          ) : null
        }
        columns={[
          {
            title: t('alarms.rules.name'),
            render: (_, row) => (
              <Typography.Text strong>
                {language === 'en' ? row.definition.name.en : row.definition.name.zh}
              </Typography.Text>
            ),
          },
          { title: t('alarms.rules.family'), render: (_, row) => <Tag>{words.model(row.family)}</Tag> },
          { title: t('alarms.rules.condition'), render: (_, row) => <Summary rule={row} words={words} /> },
          {
            title: t('alarms.rules.changed'),
            render: (_, row) => `${dateTime(row.changedAt)} ${row.builtin && row.version === 1 ? '' : row.changedBy}`,
          },
          {
            title: t('alarms.rules.enabled'),
            width: 90,
            render: (_, row) => (
              <EnabledSwitch
                checked={row.enabled}
                disabled={!mayEdit}
                label={t('alarms.rules.enabled')}
                onChange={(enabled) => toggle(row, enabled)}
              />
            ),
          },
          {
            title: '',
            width: 80,
            render: (_, row) =>
              mayEdit && !row.builtin ? (
                <RemoveButton
                  text={t('alarms.rules.remove')}
                  sure={t('alarms.rules.removeSure')}
                  onConfirm={() => remove.mutate(row.id, { onError: (cause) => void message.error(said(cause)) })}
                />
              ) : null,
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={rules.isPending}
        error={rules.error ? said(rules.error) : undefined}
        onReload={() => void rules.refetch()}
        onOpen={mayEdit ? setEdited : undefined}
        empty={t('alarms.rules.empty')}
      />
      {edited ? <RuleEditor rule={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} /> : null}
      {grouping ? <GroupingDialog onClose={() => setGrouping(false)} /> : null}
    </>
  );
}
