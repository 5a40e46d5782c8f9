import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Checkbox, Flex, Select, Skeleton, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useAddress, usePlaceByPath } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PackActions } from './PackActions.tsx';
import { type Pack, type Rule, usePacks } from './queries.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { writeValue } from './rule-value.ts';

/** Every number decisions go by, beside those of the pack in force. */
export default function PolicyPage() {
  const t = useT();
  const { may } = useSession();
  const { get, put } = useAddress();
  const { data, error, isPending } = usePacks();
  const [differences, setDifferences] = useState(false);
  const [edited, setEdited] = useState<Rule>();
  const shown = data?.packs.find(({ id }) => id === (get('pack') ?? data.inForce));
  const place = usePlaceByPath(shown?.place || undefined).data;
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (isPending) return <Skeleton active />;
  const standing = data.packs.find(({ id }) => id === data.inForce);
  const pack = data.packs.find(({ id }) => id === get('pack')) ?? standing;
  if (!pack) return null;
  const labelOf = (each: Pack) =>
    `${each.title} ${each.number} · ${data.inForceAt.includes(each.id) ? t('policy.inForce') : t(`policy.states.${each.state}`)}${each.effectiveFrom && each.effectiveFrom > '1970-01-01' ? ` ${each.effectiveFrom}` : ''}`;
  const written = (of: Pack | undefined, rule: Rule) => {
    const value = of?.values[rule.id];
    return value ? writeValue(value, rule) : '—';
  };
  const rules = data.rules.filter((rule) => !differences || written(pack, rule) !== written(standing, rule));
  const editable = pack.state === 'draft' && may('policy:write');
  const value = edited ? pack.values[edited.id] : undefined;
  return (
    <Card title={t('policy.title')} extra={<PackActions pack={pack} onDrafted={(id) => put({ pack: id })} />}>
      <Flex gap={16} align="center" style={{ marginBottom: 16 }} wrap>
        <Select
          style={{ minWidth: 320 }}
          aria-label={t('policy.pack')}
          value={pack.id}
          onChange={(id: string) => put({ pack: id })}
          options={data.packs.map((each) => ({ value: each.id, label: labelOf(each) }))}
        />
        <Checkbox checked={differences} onChange={({ target }) => setDifferences(target.checked)}>
          {t('policy.onlyDifferences')}
        </Checkbox>
      </Flex>
      {pack.place ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={
            <>
              {t('policy.holdsFor')} {place?.name ?? ''} <Typography.Text code>{place?.code ?? ''}</Typography.Text>
            </>
          }
        />
      ) : null}
      <Table<Rule>
        size="small"
        rowKey={(row) => row.id}
        dataSource={rules}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('policy.group'), width: 90, render: (_, row) => t(`policy.groups.${row.group}`) },
          { title: t('policy.rule'), render: (_, row) => t(`policy.rules.${row.id}`) },
          {
            title: t('policy.value'),
            width: 200,
            align: 'right',
            render: (_, row) => (
              <>
                {written(pack, row) === written(standing, row) ? null : <Tag color="gold">{t('policy.differs')}</Tag>}
                {written(pack, row)} <Typography.Text type="secondary">{t(`policy.units.${row.unit}`)}</Typography.Text>
              </>
            ),
          },
          { title: t('policy.now'), width: 150, align: 'right', render: (_, row) => written(standing, row) },
          { title: t('policy.source'), render: (_, row) => pack.values[row.id]?.source ?? '—' },
          {
            title: '',
            width: 80,
            render: (_, row) =>
              editable ? (
                <Button size="small" onClick={() => setEdited(row)}>
                  {t('policy.edit')}
                </Button>
              ) : null,
          },
        ]}
      />
      {edited && value ? (
        <RuleEditor key={edited.id} pack={pack} rule={edited} value={value} onClose={() => setEdited(undefined)} />
      ) : null}
    </Card>
  );
}
