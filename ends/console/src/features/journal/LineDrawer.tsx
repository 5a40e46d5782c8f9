import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Drawer, Flex, Skeleton, Typography } from 'antd';
import { AboutLink, PlaceName } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { ActionWords } from './ActionWords.tsx';
import { LineDetail } from './LineDetail.tsx';
import { OutcomeTag } from './OutcomeTag.tsx';
import { useLine } from './queries.ts';

/** One line of the journal with everything it holds. */
export function LineDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { data: line, error } = useLine(id);
  const [kind = '', ...rest] = (line?.subject ?? '').split(':');
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={640} title={t('journal.line')}>
      {error ? <Alert type="error" title={said(error)} /> : null}
      {line && id ? (
        <Flex vertical gap={16}>
          <KeyValue
            columns={1}
            facts={[
              { key: 'at', label: t('journal.at'), value: `${dateTime(line.at)}  (${line.at})` },
              {
                key: 'actor',
                label: t('journal.actor'),
                value: (
                  <Flex gap={8} wrap>
                    {line.actor.name}
                    <Typography.Text type="secondary">{`${line.actor.kind}:${line.actor.id}`}</Typography.Text>
                  </Flex>
                ),
              },
              { key: 'from', label: t('journal.from'), value: line.from },
              {
                key: 'action',
                label: t('journal.action'),
                value: (
                  <Flex gap={8} wrap>
                    <ActionWords action={line.action} />
                    <Typography.Text code>{line.action}</Typography.Text>
                  </Flex>
                ),
              },
              {
                key: 'subject',
                label: t('journal.subject'),
                value: <AboutLink kind={kind} id={rest.join(':')} words={line.subject} />,
              },
              { key: 'kind', label: t('journal.kind'), value: t(`journal.kinds.${line.kind}`) },
              { key: 'outcome', label: t('journal.outcome'), value: <OutcomeTag outcome={line.outcome} /> },
              { key: 'purpose', label: t('journal.purpose'), value: line.purpose },
              { key: 'place', label: t('journal.place'), value: line.place ? <PlaceName path={line.place} /> : null },
              { key: 'seq', label: t('journal.seq'), value: line.seq ?? t('journal.unsealed') },
              {
                key: 'hash',
                label: t('journal.hash'),
                value: line.hash ? (
                  <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
                    {line.hash}
                  </Typography.Text>
                ) : null,
              },
            ]}
          />
          {line.detail ? <LineDetail detail={line.detail} /> : null}
        </Flex>
      ) : error ? null : (
        <Skeleton active />
      )}
    </Drawer>
  );
}
