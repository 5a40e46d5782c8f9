import { DownloadOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { HandlingFacts, money, ObjectHead, StepTrail, useDownload } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { HandoverCard } from './HandoverCard.tsx';
import { MoveInActions } from './MoveInActions.tsx';
import { type File, useFreshMoveIns, useKeys, useLease, useMoveIn, useStanding } from './queries.ts';
import { StateTag } from './StateTag.tsx';
import { type Around, trailOf } from './trail.ts';

/** What belongs to the way in and is kept elsewhere, as far as one may read it. */
function useAround({ process }: File): Around {
  const { may } = useSession();
  const lease = useLease(process.lease, may('lease:read'));
  const standing = useStanding(process.lease, may('ledger:read'));
  const keys = useKeys({ house: process.house, household: process.household }, may('door-key:read'));
  const asked = lease.data?.lease.fees.reduce((sum, { subject, basis }) => {
    const { amount } = basis as { amount?: unknown };
    return subject === 'deposit' && typeof amount === 'number' ? sum + amount : sum;
  }, 0);
  const living = keys.data?.items.filter(({ endedAt }) => endedAt === null);
  return {
    lease: lease.data && { state: lease.data.lease.state, signatures: lease.data.signatures },
    deposit: standing.data && asked !== undefined ? { asked, held: standing.data.deposit } : undefined,
    keys: living && { made: living.length, working: living.filter(({ state }) => state === 'working').length },
  };
}

function Body({ file }: { file: File }) {
  const t = useT();
  const around = useAround(file);
  const { busy, download } = useDownload();
  const { process, lease, history } = file;
  const last = history.at(-1);
  const depositWords = around.deposit
    ? t('movein.depositHeld', { held: money(around.deposit.held), asked: money(around.deposit.asked) })
    : t('movein.notToBeSeen');
  const keyWords = around.keys ? t('movein.keysWorking', { ...around.keys }) : t('movein.notToBeSeen');
  const words = {
    title: (key: string) => t(`movein.trail.${key}`),
    deposit: process.lease ? depositWords : '',
    keys: process.lease ? keyWords : '',
  };
  return (
    <Flex vertical gap={16}>
      <ObjectHead
        title={process.householdName}
        code={process.code}
        state={<StateTag line={{ state: process.state, leaseState: lease?.state }} />}
      >
        <Button
          icon={<DownloadOutlined />}
          loading={busy}
          onClick={() => void download(`${process.code}.pdf`, () => sdk.moveIns.form({ params: { id: process.id } }))}
        >
          {t(file.handover ? 'movein.form' : 'movein.blankForm')}
        </Button>
        <MoveInActions file={file} />
      </ObjectHead>
      {process.state === 'cancelled' && last ? (
        <Alert type="warning" showIcon title={`${t('movein.cancelled')} ${last.actorName} · ${last.reason ?? ''}`} />
      ) : null}
      <Card size="small">
        <StepTrail steps={trailOf(file, around, words)} />
      </Card>
      <HandlingFacts
        of={process}
        lease={lease}
        keys={t('movein.openKeys')}
        facts={[
          {
            key: 'plan',
            label: t('movein.plan'),
            value: process.plan ? (
              <Link to={`/allocation-plans/${process.plan}`}>{t('movein.openPlan')}</Link>
            ) : (
              t('movein.byHand')
            ),
          },
          { key: 'term', label: t('movein.term'), value: lease ? `${lease.startsOn} – ${lease.endsOn}` : null },
          { key: 'appointment', label: t('movein.appointment'), value: dateTime(process.appointmentAt) },
        ]}
      />
      {file.handover ? <HandoverCard handover={file.handover} code={process.code} /> : null}
    </Flex>
  );
}

/** One household on its way into one house: where it stands, who did what when, and what comes next. */
export default function MoveInPage() {
  const { id = '' } = useParams();
  const { data: file, error } = useMoveIn(id);
  useFreshMoveIns();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!file) return <Skeleton active />;
  return <Body file={file} />;
}
