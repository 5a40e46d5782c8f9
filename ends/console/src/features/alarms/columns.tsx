import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Button, Tag } from 'antd';
import { useMemo } from 'react';
import { Ago, type RowColumn } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import type { Alarm } from './alarm.ts';
import { GroupMark } from './GroupMark.tsx';
import { ConditionTag, HandlingTag } from './StateTags.tsx';

interface DeskActs {
  acknowledge(alarm: Alarm): void;
  /** Leads whose members are shown. */
  unfolded: ReadonlySet<string>;
  fold(alarm: Alarm): void;
  open(id: string): void;
}

/** Columns of the desk, the same as long as language, rights and what is unfolded are. */
export function useDeskColumns({ acknowledge, unfolded, fold, open }: DeskActs): readonly RowColumn<Alarm>[] {
  const { t, language } = useTexts();
  const { may } = useSession();
  const mayAcknowledge = may('alarm:acknowledge');
  return useMemo(
    () => [
      {
        key: 'severity',
        title: t('alarms.severity'),
        width: 92,
        render: (row) => <SeverityMark severity={row.severity} />,
      },
      {
        key: 'what',
        title: t('alarms.what'),
        render: (row) => (
          <>
            <strong>{language === 'en' ? row.title.en : row.title.zh}</strong>
            <GroupMark alarm={row} unfolded={unfolded.has(row.id)} fold={fold} open={open} />
            <br />
            <span className="alarms-quiet">
              {row.subject.name} · {row.subject.code}
            </span>
          </>
        ),
      },
      {
        key: 'condition',
        title: t('alarms.condition'),
        width: 100,
        from: 'tablet',
        render: (row) => <ConditionTag condition={row.condition} />,
      },
      {
        key: 'handling',
        title: t('alarms.handling'),
        width: 96,
        render: (row) => <HandlingTag handling={row.handling} />,
      },
      {
        key: 'occurrences',
        title: t('alarms.occurrences'),
        width: 72,
        align: 'end',
        from: 'desktop',
        render: (row) => row.occurrences,
      },
      {
        key: 'raised',
        title: t('alarms.raised'),
        width: 112,
        from: 'tablet',
        render: (row) => <Ago at={row.raisedAt} />,
      },
      {
        key: 'handler',
        title: t('alarms.handler'),
        width: 112,
        from: 'desktop',
        render: (row) => row.handler?.name ?? '—',
      },
      {
        key: 'step',
        title: <span className="alarms-unseen">{t('alarms.steps')}</span>,
        width: 84,
        from: 'tablet',
        render: (row) =>
          row.steps.includes('acknowledge') && mayAcknowledge ? (
            <Button
              size="small"
              onClick={(event) => {
                event.stopPropagation();
                acknowledge(row);
              }}
            >
              {t('alarms.step.acknowledge')}
            </Button>
          ) : row.suppressed ? (
            <Tag>{t('alarms.suppressed')}</Tag>
          ) : null,
      },
    ],
    [t, language, mayAcknowledge, acknowledge, unfolded, fold, open],
  );
}
