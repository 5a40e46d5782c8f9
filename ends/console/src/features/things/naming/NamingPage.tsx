import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Tabs, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useModels } from '../queries.ts';
import { useModelWords } from '../words.ts';
import { NamingRuleEditor } from './NamingRuleEditor.tsx';
import { type NamingBreach, type NamingRule, useNamingBreaches, useNamingRules } from './queries.ts';
import { RenameThing } from './RenameThing.tsx';

/** How things are to be named, and which names break the rule (I-5.2.1-a-2). */
export default function NamingPage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  const rules = may('model:read');
  const tab = get('tab') === 'rules' && rules ? 'rules' : 'breaches';
  return (
    <>
      <Tabs
        activeKey={tab}
        onChange={(key) => put({ tab: key === 'rules' ? 'rules' : undefined })}
        items={[
          { key: 'breaches', label: t('things.naming.breaches') },
          ...(rules ? [{ key: 'rules', label: t('things.naming.rules') }] : []),
        ]}
        tabBarStyle={{ marginBottom: 12 }}
      />
      {tab === 'rules' ? <Rules /> : <Breaches />}
    </>
  );
}

function Breaches() {
  const t = useT();
  const { may } = useSession();
  const models = useModels();
  const words = useModelWords(models.data);
  const { data, error, isPending, refetch } = useNamingBreaches();
  const [edited, setEdited] = useState<NamingBreach>();
  const mayWrite = may('thing:write');
  return (
    <>
      <ListPage<NamingBreach>
        title={t('things.naming.menu')}
        total={data?.breaches.length}
        query={
          data ? (
            <Typography.Text type="secondary">
              {t('things.naming.checked', { checked: data.checked, breaches: data.breaches.length })}
            </Typography.Text>
          ) : null
        }
        columns={[
          {
            title: t('things.name'),
            render: (_, row) => (
              <Link to={`/things/${row.id}?tab=dossier`} onClick={(event) => event.stopPropagation()}>
                {row.name}
              </Link>
            ),
          },
          { title: t('things.code'), render: (_, row) => <Typography.Text code>{row.code}</Typography.Text> },
          { title: t('things.family'), render: (_, row) => words.model(row.family) },
          {
            title: t('things.naming.rule'),
            render: (_, row) =>
              row.pattern === null ? (
                t('things.naming.general', { model: words.model(row.family) })
              ) : (
                <Typography.Text code>{row.pattern}</Typography.Text>
              ),
          },
          {
            title: '',
            width: 90,
            render: (_, row) =>
              mayWrite ? (
                <Button
                  size="small"
                  onClick={(event) => {
                    event.stopPropagation();
                    setEdited(row);
                  }}
                >
                  {t('things.naming.mend')}
                </Button>
              ) : null,
          },
        ]}
        rows={data?.breaches}
        rowKey={(row) => row.id}
        loading={isPending}
        error={error ? said(error) : undefined}
        onReload={() => void refetch()}
        onOpen={mayWrite ? setEdited : undefined}
        empty={t('things.naming.noBreaches')}
      />
      {edited ? <RenameThing breach={edited} onClose={() => setEdited(undefined)} /> : null}
    </>
  );
}

interface Line extends NamingRule {
  own: boolean;
}

function Rules() {
  const t = useT();
  const { may } = useSession();
  const models = useModels();
  const words = useModelWords(models.data);
  const rules = useNamingRules(true);
  const [edited, setEdited] = useState<NamingRule>();
  const rows = useMemo(() => {
    if (!rules.data || !models.data) return undefined;
    const own = new Map(rules.data.map((rule) => [rule.family, rule]));
    return models.data
      .map(({ family }): Line => ({ pattern: '', explanation: '', ...own.get(family), family, own: own.has(family) }))
      .sort((a, b) => Number(b.own) - Number(a.own) || a.family.localeCompare(b.family));
  }, [rules.data, models.data]);
  const error = rules.error ?? models.error;
  const mayWrite = may('model:write');
  return (
    <>
      <ListPage<Line>
        title={t('things.naming.rules')}
        total={rules.data?.length}
        query={<Typography.Text type="secondary">{t('things.naming.hint')}</Typography.Text>}
        columns={[
          {
            title: t('things.family'),
            render: (_, row) => (
              <>
                {words.model(row.family)} <Typography.Text type="secondary">{row.family}</Typography.Text>
              </>
            ),
          },
          {
            title: t('things.naming.rule'),
            render: (_, row) =>
              row.own ? (
                <Typography.Text code>{row.pattern}</Typography.Text>
              ) : (
                <Tag>{t('things.naming.general', { model: words.model(row.family) })}</Tag>
              ),
          },
          { title: t('things.naming.explanation'), render: (_, row) => row.explanation || '—' },
        ]}
        rows={rows}
        rowKey={(row) => row.family}
        loading={rules.isPending || models.isPending}
        error={error ? said(error) : undefined}
        onReload={() => void rules.refetch()}
        onOpen={mayWrite ? ({ own: _, ...rule }) => setEdited(rule) : undefined}
      />
      {edited ? <NamingRuleEditor rule={edited} onClose={() => setEdited(undefined)} /> : null}
    </>
  );
}
