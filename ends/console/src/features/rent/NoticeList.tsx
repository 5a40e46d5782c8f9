import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Space, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ExportButton, money, oneOf, useAddress } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { ListFilters } from './ListFilters.tsx';
import { ladderDays, ladderWord } from './ladder-word.ts';
import { DeliveryDialog, PauseDialog } from './NoticeDialogs.tsx';
import { NoticeProof } from './NoticeProof.tsx';
import { useSubjectName } from './names.ts';
import { PlanDialog } from './PlanDialog.tsx';
import { pagedList } from './paged-list.ts';
import { type Notice, useNotices } from './queries.ts';
import { TwoLines } from './TwoLines.tsx';

const colours: Record<Notice['state'], string> = {
  queued: 'processing',
  sent: 'blue',
  delivered: 'success',
  failed: 'error',
  skipped: 'default',
};
const states = Object.keys(colours) as Notice['state'][];
const channels = ['text', 'call', 'letter', 'talk'] as const;

/** Reminders of what will be due and what is late: said how, when, to whom, and what became of each; open a row for its course and proof. */
export function NoticeList({ agreement }: { agreement?: string }) {
  const t = useT();
  const { may } = useSession();
  const { get } = useAddress();
  const nameOf = useSubjectName();
  const [state, channel, place] = agreement
    ? []
    : [oneOf(states, get('state')), oneOf(channels, get('channel')), get('place')];
  const filter = {
    ...(agreement && { agreement }),
    ...(state && { state }),
    ...(channel && { channel }),
    ...(place && { place }),
  };
  const list = useNotices(filter);
  const [asked, setAsked] = useState<{ what: 'deliver' | 'pause' | 'plan'; row: Notice }>();
  const close = () => setAsked(undefined);
  const row = asked?.row;
  const waiting = (each: Notice) => each.state === 'queued' && each.channel !== 'text';
  return (
    <>
      <ListPage<Notice>
        actions={
          <ExportButton
            name={t('rent.notices')}
            ask={(format) => sdk.dunning.export({ query: { ...filter, format } })}
          />
        }
        query={
          agreement ? undefined : (
            <ListFilters
              choices={[
                {
                  ...{ name: 'state', label: t('rent.state'), options: states },
                  word: (each) => t(`rent.noticeStates.${each}`),
                },
                {
                  ...{ name: 'channel', label: t('rent.channel'), options: channels },
                  word: (each) => t(`rent.channels.${each}`),
                },
              ]}
            />
          )
        }
        {...pagedList(list)}
        rowKey={(each) => each.id}
        empty={t(state || channel || place ? 'rent.noMatch' : 'rent.noNotice')}
        below={(each) => <NoticeProof notice={each} />}
        columns={[
          { title: t('rent.at'), width: 170, render: (_, each) => dateTime(each.at) },
          ...(agreement
            ? []
            : [
                {
                  title: t('rent.lease'),
                  width: 160,
                  render: (_: unknown, each: Notice) => <Link to={`/leases/${each.agreement}`}>{each.code}</Link>,
                },
              ]),
          {
            title: t('rent.subject'),
            render: (_, each) => (
              <TwoLines
                first={nameOf(each.subject)}
                second={`${t(ladderDays(each.step) > 0 ? 'rent.since' : 'rent.dueOn')} ${each.since}`}
              />
            ),
          },
          { title: t('rent.amount'), align: 'right', render: (_, each) => money(each.amount) },
          {
            title: t('rent.step'),
            render: (_, each) => (
              <TwoLines first={ladderWord(each.step, t)} second={t(`rent.channels.${each.channel}`)} />
            ),
          },
          {
            title: t('rent.state'),
            render: (_, each) => <Tag color={colours[each.state]}>{t(`rent.noticeStates.${each.state}`)}</Tag>,
          },
          {
            title: '',
            render: (_, each) =>
              may('dunning:write') ? (
                <Space>
                  {waiting(each) ? (
                    <Button size="small" type="primary" onClick={() => setAsked({ what: 'deliver', row: each })}>
                      {t('rent.delivery')}
                    </Button>
                  ) : null}
                  {ladderDays(each.step) > 0 ? (
                    <Button size="small" onClick={() => setAsked({ what: 'plan', row: each })}>
                      {t('rent.plan.make')}
                    </Button>
                  ) : null}
                  <Button size="small" onClick={() => setAsked({ what: 'pause', row: each })}>
                    {t('rent.pause')}
                  </Button>
                </Space>
              ) : null,
          },
        ]}
      />
      {asked?.what === 'plan' && row ? <PlanDialog agreement={row.agreement} code={row.code} onClose={close} /> : null}
      {asked?.what === 'deliver' && row ? <DeliveryDialog notice={row} onClose={close} /> : null}
      {asked?.what === 'pause' && row ? <PauseDialog notice={row} onClose={close} /> : null}
    </>
  );
}
