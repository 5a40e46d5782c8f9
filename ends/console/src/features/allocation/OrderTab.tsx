import { dateTime, duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { App, Button, Empty, Flex, Popconfirm, Space, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { PlaceName, useNow } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { ChoiceDialog } from './ChoiceDialog.tsx';
import { IntendDialog } from './IntendDialog.tsx';
import { type Intent, type PlanFile, useChange } from './queries.ts';

type Turn = 'before' | 'now' | 'over' | 'passed' | 'chosen' | 'declined' | 'ended' | 'intended';
const colours: Partial<Record<Turn, string>> = {
  now: 'processing',
  over: 'warning',
  passed: 'warning',
  chosen: 'success',
  declined: 'error',
  ended: 'error',
};
const second = 1;

/** Whose turn it is at an instant. */
function turnOf(row: Intent, now: number): Turn {
  if (row.state !== 'intended') return row.state;
  if (!row.slotFrom || !row.slotTo) return 'intended';
  if (now < new Date(row.slotFrom).getTime()) return 'before';
  if (row.passedAt) return 'passed';
  return now < new Date(row.slotTo).getTime() ? 'now' : 'over';
}

function Standing({ row }: { row: Intent }) {
  const { t, language } = useTexts();
  const now = useNow(second);
  const turn = turnOf(row, now);
  const left = row.slotTo ? (new Date(row.slotTo).getTime() - now) / 1000 : 0;
  return (
    <Space size={4}>
      <Tag color={colours[turn] ?? 'default'}>{t(`allocation.turns.${turn}`)}</Tag>
      {turn === 'now' ? (
        <Typography.Text type="secondary">{t('allocation.left', { left: duration(left, language) })}</Typography.Text>
      ) : null}
    </Space>
  );
}

interface ActionsProps {
  row: Intent;
  onAsk(what: 'choose' | 'decline'): void;
}

function Actions({ row, onAsk }: ActionsProps) {
  const { t } = useTexts();
  const { message } = App.useApp();
  const turn = turnOf(row, useNow(second));
  const pass = useChange(() => sdk.allocation.pass({ params: { id: row.plan, entry: row.entry } }));
  if (!['now', 'over', 'passed'].includes(turn)) return null;
  return (
    <Space>
      <Button size="small" type="primary" onClick={() => onAsk('choose')}>
        {t('allocation.choose')}
      </Button>
      <Button size="small" onClick={() => onAsk('decline')}>
        {t('allocation.decline')}
      </Button>
      {turn === 'over' ? (
        <Popconfirm
          title={t('allocation.passSure')}
          onConfirm={() => pass.mutate(undefined, { onError: (cause) => void message.error(said(cause)) })}
        >
          <Button size="small">{t('allocation.pass')}</Button>
        </Popconfirm>
      ) : null}
    </Space>
  );
}

/** Households of a plan in their order: what ranks them, when they may choose, what became of them. */
export function OrderTab({ file }: { file: PlanFile }) {
  const { t } = useTexts();
  const { may } = useSession();
  const [asked, setAsked] = useState<{ row: Intent; what: 'choose' | 'decline' }>();
  const [adding, setAdding] = useState(false);
  const { plan, intents } = file;
  const drawn = plan.drawnAt !== null;
  const names = new Map(file.houses.map(({ house, name }) => [house, name]));
  return (
    <Flex vertical gap={12} align="stretch">
      {plan.state === 'open' && may('allocation:write') ? (
        <div>
          <Button onClick={() => setAdding(true)}>{t('allocation.intend')}</Button>
        </div>
      ) : null}
      <Table<Intent>
        size="small"
        rowKey={(row) => row.entry}
        dataSource={intents}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('allocation.emptyIntents')} />,
        }}
        columns={[
          { title: t('allocation.rank'), width: 60, align: 'right', render: (_, row) => row.rank ?? '—' },
          { title: t('allocation.code'), width: 120, render: (_, row) => row.code },
          { title: t('allocation.household'), render: (_, row) => row.householdName || '—' },
          { title: t('allocation.category'), render: (_, row) => t(`parts.categories.${row.category}`) },
          { title: t('allocation.priority'), width: 80, align: 'right', dataIndex: 'priority' },
          ...(plan.ranking === 'score'
            ? [{ title: t('allocation.score'), width: 80, align: 'right' as const, dataIndex: 'score' }]
            : []),
          { title: t('allocation.since'), width: 170, render: (_, row) => dateTime(row.since) },
          ...(drawn
            ? [
                {
                  title: t('allocation.slot'),
                  width: 170,
                  render: (_: unknown, row: Intent) => dateTime(row.slotFrom),
                },
                { title: t('allocation.turn'), render: (_: unknown, row: Intent) => <Standing row={row} /> },
                {
                  title: t('allocation.house'),
                  render: (_: unknown, row: Intent) =>
                    row.house ? <PlaceName id={row.house} name={names.get(row.house) ?? undefined} /> : '—',
                },
                {
                  title: '',
                  render: (_: unknown, row: Intent) =>
                    row.process ? (
                      <Link to={`/move-ins/${row.process}`}>{t('allocation.moveIn')}</Link>
                    ) : plan.state === 'choosing' && may('allocation:write') ? (
                      <Actions row={row} onAsk={(what) => setAsked({ row, what })} />
                    ) : null,
                },
              ]
            : []),
        ]}
      />
      {asked ? (
        <ChoiceDialog file={file} row={asked.row} what={asked.what} onClose={() => setAsked(undefined)} />
      ) : null}
      {adding ? <IntendDialog file={file} onClose={() => setAdding(false)} /> : null}
    </Flex>
  );
}
