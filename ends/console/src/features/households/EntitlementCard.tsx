import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { LinkIfMay, money } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Sanction, useEntitlement } from './queries.ts';
import { SanctionDialog } from './SanctionDialog.tsx';
import { SanctionStep } from './SanctionStep.tsx';

const colours: Record<Sanction['state'], string> = {
  imposed: 'error',
  appealed: 'warning',
  upheld: 'error',
  lifted: 'default',
};
const dayOf = (at: string): string => dateTime(at).slice(0, 10);

/** What a household is entitled to, what was decided about it, and what bars it from applying. */
export function EntitlementCard({ household }: { household: string }) {
  const t = useT();
  const { may } = useSession();
  const { standing, sanctions } = useEntitlement(household);
  const [deciding, setDeciding] = useState(false);
  const failed = standing.error ?? sanctions.error;
  const now = standing.data;
  return (
    <Card
      size="small"
      title={t('households.entitlement')}
      extra={
        may('eligibility:decide') ? (
          <Button size="small" onClick={() => setDeciding(true)}>
            {t('households.sanctions.make')}
          </Button>
        ) : null
      }
    >
      <Flex vertical gap={12}>
        {failed ? <Alert type="error" showIcon title={said(failed)} /> : null}
        {now?.barredUntil ? (
          <Alert type="error" showIcon title={t('households.barredUntil', { day: dayOf(now.barredUntil) })} />
        ) : null}
        <KeyValue
          columns={3}
          facts={[
            {
              key: 'status',
              label: t('households.standing'),
              value: now ? t(`eligibility.standings.${now.status}`) : '—',
            },
            { key: 'valid', label: t('households.validUntil'), value: now?.validUntil ? dayOf(now.validUntil) : null },
            { key: 'leave', label: t('households.moveOutBy'), value: now?.moveOutBy ? dayOf(now.moveOutBy) : null },
          ]}
        />
        {sanctions.data && sanctions.data.length > 0 ? (
          <Table<Sanction>
            size="small"
            rowKey={(row) => row.id}
            dataSource={sanctions.data}
            pagination={false}
            columns={[
              {
                title: t('households.sanctions.code'),
                render: (_, row) => (
                  <>
                    <Typography.Text code>{row.code}</Typography.Text>
                    <br />
                    <Typography.Text type="secondary">
                      {dayOf(row.imposedAt)} {row.imposedByName}
                    </Typography.Text>
                  </>
                ),
              },
              {
                title: t('households.sanctions.ground'),
                render: (_, row) => (
                  <>
                    {t(`households.sanctions.grounds.${row.ground}`)}{' '}
                    {row.hearing ? (
                      <LinkIfMay right="case:read" to={`/cases/${row.hearing}`}>
                        {row.hearingCode}
                      </LinkIfMay>
                    ) : null}
                    <br />
                    <Typography.Text type="secondary">{row.reason}</Typography.Text>
                  </>
                ),
              },
              {
                title: t('households.sanctions.fine'),
                width: 110,
                align: 'right',
                render: (_, row) => (row.fine > 0 ? money(row.fine) : '—'),
              },
              { title: t('households.sanctions.until'), width: 120, render: (_, row) => dayOf(row.barredUntil) },
              {
                title: t('households.state'),
                width: 200,
                render: (_, row) => (
                  <>
                    <Tag color={colours[row.state]}>
                      {t(`households.sanctions.states.${row.state === 'imposed' && row.finalAt ? 'final' : row.state}`)}
                    </Tag>
                    <br />
                    <Typography.Text type="secondary">
                      {row.state === 'appealed' && row.answerBy
                        ? t('households.sanctions.answerBy', { day: dayOf(row.answerBy) })
                        : t('households.sanctions.appealUntil', { day: dayOf(row.appealUntil) })}
                    </Typography.Text>
                  </>
                ),
              },
              { title: '', width: 150, render: (_, row) => <SanctionStep of={row} /> },
            ]}
            expandable={{
              rowExpandable: ({ appealReason }) => appealReason !== null,
              expandedRowRender: ({ appealReason, answer }) => (
                <>
                  {t('households.sanctions.appealed', { words: appealReason ?? '' })}
                  {answer ? ` ${t('households.sanctions.answered', { words: answer })}` : ''}
                </>
              ),
            }}
          />
        ) : null}
      </Flex>
      {deciding ? <SanctionDialog household={household} onClose={() => setDeciding(false)} /> : null}
    </Card>
  );
}
