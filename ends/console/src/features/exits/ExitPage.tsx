import { DownloadOutlined } from '@ant-design/icons';
import { dateTime, siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { HandlingFacts, ObjectHead, StepTrail, useDownload } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { Clock } from './Clock.tsx';
import { dueOf } from './clock.ts';
import { ExitActions } from './ExitActions.tsx';
import { ExitTag } from './ExitTag.tsx';
import { InspectionCard } from './InspectionCard.tsx';
import { type Exit, useExit, useFreshExits, useKeys } from './queries.ts';
import { SettlementCard } from './SettlementCard.tsx';
import { MarketRentMissing, TransitionAhead } from './Transition.tsx';
import { type KeysLeft, trailOf } from './trail.ts';

/** Keys are gone when each ended and every lock says so. */
function useKeysLeft({ house, household }: Exit): KeysLeft | undefined {
  const { may } = useSession();
  const { data } = useKeys(may('door-key:read') ? { house, household } : undefined);
  if (!data) return undefined;
  const left = data.items.filter((key) => key.endedAt === null || key.locks.some(({ confirmed }) => !confirmed));
  return { known: data.items.length, left: left.length };
}

function Body({ exit }: { exit: Exit }) {
  const t = useT();
  const keys = useKeysLeft(exit);
  const { busy, download } = useDownload();
  const keyWords = !keys
    ? ''
    : keys.known === 0
      ? t('exits.noKeys')
      : keys.left === 0
        ? t('exits.keysGone', { count: keys.known })
        : t('exits.keysLeft', { count: keys.left });
  const words = { title: (key: string) => t(`exits.trail.${key}`), by: t('exits.by'), keys: keyWords };
  const last = exit.history.at(-1);
  return (
    <Flex vertical gap={16}>
      <ObjectHead
        title={`${exit.householdName} · ${t(`exits.kinds.${exit.kind}`)}`}
        code={exit.code}
        state={
          <>
            <ExitTag exit={exit} />
            {dueOf(exit) ? <Clock exit={exit} /> : null}
          </>
        }
      >
        {exit.settlement ? (
          <Button
            icon={<DownloadOutlined />}
            loading={busy}
            onClick={() => void download(`${exit.code}.pdf`, () => sdk.exits.form({ params: { id: exit.id } }))}
          >
            {t('exits.form')}
          </Button>
        ) : null}
        <ExitActions exit={exit} />
      </ObjectHead>
      {exit.state === 'cancelled' && last ? (
        <Alert type="warning" showIcon title={`${t('exits.cancelled')} ${last.actorName} · ${last.reason ?? ''}`} />
      ) : null}
      <MarketRentMissing exit={exit} today={siteDate()} />
      {exit.state === 'handed-over' && exit.reportFailure ? (
        <Alert type="warning" showIcon title={t('exits.reportFailed', { failure: exit.reportFailure })} />
      ) : null}
      <Card size="small">
        <StepTrail steps={trailOf(exit, keys, words, dateTime)} />
      </Card>
      <HandlingFacts
        of={exit}
        lease={{ id: exit.lease, code: exit.leaseCode }}
        keys={keyWords || t('exits.openKeys')}
        facts={[
          { key: 'source', label: t('exits.source'), value: t(`exits.sources.${exit.source}`) },
          { key: 'leave', label: t('exits.leaveBy'), value: exit.leaveBy },
          { key: 'reason', label: t('exits.reason'), value: exit.reason },
          ...(exit.ground
            ? [
                { key: 'ground', label: t('exits.ground'), value: t(`exits.grounds.${exit.ground}`) },
                { key: 'finding', label: t('exits.finding'), value: exit.finding },
              ]
            : []),
          ...(exit.transition
            ? [
                {
                  key: 'transition',
                  label: t('exits.transition.title'),
                  value: <TransitionAhead of={exit.transition} />,
                },
              ]
            : []),
          { key: 'ack', label: t('exits.ack'), value: exit.ack },
          {
            key: 'confirmed',
            label: t('exits.confirmedAt'),
            value: exit.confirmedAt ? dateTime(exit.confirmedAt) : exit.settlement ? t('exits.notConfirmed') : null,
          },
        ]}
      />
      {exit.inspection ? <InspectionCard inspection={exit.inspection} code={exit.code} /> : null}
      {exit.settlement ? <SettlementCard lease={exit.lease} settlement={exit.settlement} /> : null}
    </Flex>
  );
}

/** One household leaving one house: what is done, what comes next and until when. */
export default function ExitPage() {
  const { id = '' } = useParams();
  const { data: exit, error } = useExit(id);
  useFreshExits();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!exit) return <Skeleton active />;
  return <Body exit={exit} />;
}
