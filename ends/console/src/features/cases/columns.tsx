import { ago, dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Flex, type TableProps, Typography } from 'antd';
import { Link } from 'react-router';
import { PlaceName } from '../../parts/index.ts';
import { Deadlines } from './Deadlines.tsx';
import type { CaseLine } from './queries.ts';
import { PriorityMark, StateTag } from './StateTag.tsx';
import { useCaseWords } from './words.ts';

/** Columns of the list, most telling first. */
export function useCaseColumns(): TableProps<CaseLine>['columns'] {
  const { t, language } = useTexts();
  const words = useCaseWords();
  return [
    {
      title: t('cases.code'),
      width: 150,
      render: (_, line) => (
        <Link to={`/cases/${line.id}`} onClick={(event) => event.stopPropagation()} style={{ whiteSpace: 'nowrap' }}>
          {line.code}
        </Link>
      ),
    },
    {
      title: t('cases.titleLabel'),
      render: (_, line) => (
        <Flex vertical style={{ minWidth: 180, maxWidth: 360 }}>
          <Typography.Text strong ellipsis={{ tooltip: line.title }}>
            {line.title}
          </Typography.Text>
          {line.subjectLabel && line.subjectLabel !== line.title ? (
            <Typography.Text type="secondary" ellipsis>
              {line.subjectLabel}
            </Typography.Text>
          ) : null}
        </Flex>
      ),
    },
    { title: t('cases.kind'), width: 90, render: (_, line) => words.kind(line.kind) },
    { title: t('cases.priorityLabel'), width: 80, render: (_, line) => <PriorityMark priority={line.priority} /> },
    { title: t('cases.stateLabel'), width: 95, render: (_, line) => <StateTag state={line.state} /> },
    {
      title: t('cases.place'),
      width: 130,
      render: (_, line) => <PlaceName id={line.placeId} name={line.placeName} path={line.place} />,
    },
    { title: t('cases.assignee'), width: 100, render: (_, line) => line.assigneeName ?? line.team ?? '—' },
    { title: t('cases.deadlines'), width: 175, render: (_, line) => <Deadlines line={line} /> },
    {
      title: t('cases.opened'),
      width: 100,
      render: (_, line) => <span title={dateTime(line.openedAt)}>{ago(line.openedAt, language)}</span>,
    },
  ];
}
