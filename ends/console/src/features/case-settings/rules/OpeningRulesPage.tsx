import { PlusOutlined } from '@ant-design/icons';
import { duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Flex, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { EnabledSwitch, RemoveButton } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type OpeningRule, useOpeningRules, useRemoveRule, useSaveRule } from '../queries.ts';
import { SettingTabs } from '../SettingTabs.tsx';
import { useSettingWords } from '../words.ts';
import { OpeningRuleEditor } from './OpeningRuleEditor.tsx';

/** What a rule looks at, as a person would say it. */
function Conditions({ rule }: { rule: OpeningRule }) {
  const { t } = useTexts();
  const words = useSettingWords();
  const { severityUpTo, rules, notRules, families, subjectKinds } = rule.conditions;
  const listed = (label: string, list: readonly string[] | undefined, say = (each: string) => each) =>
    list?.length ? (
      <Typography.Text type="secondary">
        {t(label)} {list.slice(0, 4).map(say).join('、')}
        {list.length > 4 ? ` +${list.length - 4}` : ''}
      </Typography.Text>
    ) : null;
  return (
    <Flex vertical gap={2}>
      <Space size={8}>
        <Tag>{t(`caseSettings.sources.${rule.source}`)}</Tag>
        {severityUpTo ? (
          <>
            <SeverityMark severity={severityUpTo} />
            {severityUpTo > 1 ? t('caseSettings.andGraver') : null}
          </>
        ) : null}
        {rule.delay > 0 ? <DelayText seconds={rule.delay} /> : null}
      </Space>
      {listed('caseSettings.onlyRules', rules, words.alarmRule)}
      {listed('caseSettings.exceptRules', notRules, words.alarmRule)}
      {listed('caseSettings.onlyFamilies', families, words.family)}
      {listed('caseSettings.onlySubjects', subjectKinds, words.subject)}
    </Flex>
  );
}

function DelayText({ seconds }: { seconds: number }) {
  const { t, language } = useTexts();
  return <span>{t('caseSettings.lasting', { time: duration(seconds, language) })}</span>;
}

/** Rules that open cases by themselves; the first that fits decides. */
export default function OpeningRulesPage() {
  const { t } = useTexts();
  const { may } = useSession();
  const { message } = App.useApp();
  const words = useSettingWords();
  const rules = useOpeningRules();
  const save = useSaveRule();
  const remove = useRemoveRule();
  const [edited, setEdited] = useState<OpeningRule | 'new'>();
  const mayWrite = may('system:write');
  const rows = rules.data?.items;
  const failed = (cause: unknown) => void message.error(said(cause));
  const toggle = (rule: OpeningRule, enabled: boolean) => {
    const { id: _id, version: _version, ...body } = rule;
    save.mutate({ rule, body: { ...body, enabled } }, { onError: failed });
  };
  return (
    <>
      <SettingTabs />
      <ListPage<OpeningRule>
        title={t('caseSettings.pages.case-rules')}
        total={rows?.length}
        actions={
          mayWrite ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
              {t('caseSettings.addRule')}
            </Button>
          ) : null
        }
        query={<Typography.Text type="secondary">{t('caseSettings.rulesHint')}</Typography.Text>}
        columns={[
          { title: t('caseSettings.position'), width: 70, render: (_, row) => row.position },
          {
            title: t('caseSettings.ruleName'),
            render: (_, row) => <Typography.Text strong>{row.name}</Typography.Text>,
          },
          { title: t('caseSettings.when'), render: (_, row) => <Conditions rule={row} /> },
          { title: t('caseSettings.opens'), width: 130, render: (_, row) => words.kind(row.kind) },
          {
            title: t('caseSettings.enabled'),
            width: 80,
            render: (_, row) => (
              <EnabledSwitch
                checked={row.enabled}
                disabled={!mayWrite}
                label={t('caseSettings.enabledOf', { name: row.name })}
                onChange={(enabled) => toggle(row, enabled)}
              />
            ),
          },
          {
            title: '',
            width: 80,
            render: (_, row) =>
              mayWrite ? (
                <RemoveButton
                  text={t('caseSettings.remove')}
                  sure={t('caseSettings.removeSure')}
                  onConfirm={() => remove.mutate(row.id, { onError: failed })}
                />
              ) : null,
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={rules.isPending}
        error={rules.error ? said(rules.error) : undefined}
        onReload={() => void rules.refetch()}
        onOpen={mayWrite ? setEdited : undefined}
        empty={t('caseSettings.emptyRules')}
      />
      {edited ? (
        <OpeningRuleEditor
          rule={edited === 'new' ? undefined : edited}
          last={Math.max(0, ...(rows ?? []).map((row) => row.position))}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
    </>
  );
}
