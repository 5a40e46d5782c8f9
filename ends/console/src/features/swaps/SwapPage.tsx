import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Flex, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { dialText, LinkIfMay, money, ObjectHead, PlaceName, StepTrail, useMeterName } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Side, type Swap, states, useFreshSwaps, useSwap, works } from './queries.ts';
import { StateTag } from './StateTag.tsx';
import { SwapActions } from './SwapActions.tsx';

const course = states.slice(0, 6);

/** One household in it: what it leaves, where it goes, its meters and its deposit. */
function SideCard({ side }: { side: Side }) {
  const t = useT();
  const nameOf = useMeterName();
  const lease = (id: string, words: string) => (
    <LinkIfMay right="lease:read" to={`/leases/${id}`}>
      {words}
    </LinkIfMay>
  );
  return (
    <Card
      size="small"
      title={`${t('swaps.side', { number: side.number })} · ${side.name}`}
      style={{ flex: 1, minWidth: 360 }}
    >
      <KeyValue
        columns={1}
        facts={[
          {
            key: 'household',
            label: t('swaps.household'),
            value: (
              <LinkIfMay right="household:read" to={`/households/${side.household}`}>
                {side.name}
              </LinkIfMay>
            ),
          },
          { key: 'from', label: t('swaps.from'), value: <PlaceName id={side.house} name={side.houseName} /> },
          { key: 'lease', label: t('swaps.lease'), value: lease(side.lease, side.leaseCode) },
          {
            key: 'to',
            label: t('swaps.to'),
            value: side.newHouse ? <PlaceName id={side.newHouse} name={side.newHouseName ?? undefined} /> : null,
          },
          {
            key: 'newLease',
            label: t('swaps.newLease'),
            value: side.newLease ? lease(side.newLease, t('swaps.openLease')) : null,
          },
          {
            key: 'agreed',
            label: t('swaps.agreedAt'),
            value: side.agreedAt ? dateTime(side.agreedAt) : t('swaps.notAgreed'),
          },
          {
            key: 'readings',
            label: t('swaps.readings'),
            value: side.readings
              ? side.readings
                  .map(
                    ({ subject, begin, end, source }) =>
                      `${nameOf(subject)} ${dialText(begin)} → ${dialText(end)}（${t(`parts.dial.sources.${source}`)}）`,
                  )
                  .join('；')
              : t('swaps.notRead'),
          },
          { key: 'carried', label: t('swaps.carried'), value: side.carried === null ? null : money(side.carried) },
        ]}
      />
    </Card>
  );
}

function Body({ swap, steps }: { swap: Swap; steps: readonly string[] }) {
  const t = useT();
  const at = course.indexOf(swap.state);
  return (
    <Flex vertical gap={16}>
      <ObjectHead
        title={`${t(`swaps.kinds.${swap.kind}`)} · ${swap.sides.map(({ name }) => name).join(' ⇄ ')}`}
        code={swap.code}
        state={<StateTag state={swap.state} />}
      >
        <SwapActions swap={swap} steps={steps} />
      </ObjectHead>
      {swap.note ? <Alert type={at < 0 ? 'warning' : 'info'} showIcon title={swap.note} /> : null}
      {at >= 0 ? (
        <Card size="small">
          <StepTrail
            steps={course
              .filter((each) => swap.kind === 'mutual' || each !== 'proposed')
              .map((each) => {
                const step = course.indexOf(each);
                const state = step < at || swap.state === 'done' ? 'done' : step === at ? 'now' : 'next';
                const moments = { requested: swap.openedAt, approved: swap.decidedAt, done: swap.endedAt };
                const reached = each in moments ? moments[each as keyof typeof moments] : null;
                return { key: each, title: t(`swaps.states.${each}`), state, at: state === 'next' ? null : reached };
              })}
          />
        </Card>
      ) : null}
      <Card size="small">
        <KeyValue
          columns={3}
          facts={[
            { key: 'reason', label: t('swaps.reason'), value: swap.reason },
            { key: 'wish', label: t('swaps.wish'), value: swap.wish.note ?? swap.wish.layout ?? null },
            { key: 'changeOn', label: t('swaps.changeOn'), value: swap.changeOn },
            { key: 'openedAt', label: t('swaps.openedAt'), value: dateTime(swap.openedAt) },
            { key: 'decidedAt', label: t('swaps.decidedAt'), value: swap.decidedAt && dateTime(swap.decidedAt) },
            {
              key: 'worked',
              label: t('swaps.worked'),
              value: works
                .map((each) => `${swap.worked.includes(each) ? '✓' : '○'} ${t(`swaps.works.${each}`)}`)
                .join('  '),
            },
          ]}
        />
      </Card>
      <Flex gap={16} wrap>
        {swap.sides.map((side) => (
          <SideCard key={side.number} side={side} />
        ))}
      </Flex>
    </Flex>
  );
}

/** One change of houses: households, houses, contracts, meters, money, and what comes next. */
export default function SwapPage() {
  const { id = '' } = useParams();
  const { data, error } = useSwap(id);
  useFreshSwaps();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  return <Body swap={data.swap} steps={data.steps} />;
}
