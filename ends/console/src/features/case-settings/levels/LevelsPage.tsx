import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Flex, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type Level, useLevels } from '../queries.ts';
import { SettingTabs } from '../SettingTabs.tsx';
import { workingSpanOf } from '../span.ts';
import { useSettingWords } from '../words.ts';
import { LevelEditor } from './LevelEditor.tsx';

interface Row {
  kind: string;
  levels: ReadonlyMap<number, Level>;
}

function Promised({ level }: { level: Level | undefined }) {
  const { t } = useTexts();
  const words = useSettingWords();
  if (!level) return '—';
  const told = (seconds: number) => {
    const { count, unit } = workingSpanOf(seconds);
    return `${count} ${t(`caseSettings.units.${unit}`)}`;
  };
  return (
    <Flex vertical>
      <span>
        {t('caseSettings.within', {
          response: told(level.response),
          resolution: told(level.resolution),
        })}
      </span>
      <Typography.Text type="secondary">
        {words.calendar(level.calendar)} {level.version > 0 ? <Tag>{t('caseSettings.own')}</Tag> : null}
      </Typography.Text>
    </Flex>
  );
}

/** Within what time a case is to be answered and solved, by kind and priority. */
export default function LevelsPage() {
  const { t } = useTexts();
  const { may } = useSession();
  const words = useSettingWords();
  const { data, error, isPending, refetch } = useLevels();
  const [edited, setEdited] = useState<Level>();
  const mayWrite = may('system:write');
  const rows = useMemo(() => {
    const kinds = new Map<string, Map<number, Level>>();
    for (const level of data?.items ?? [])
      kinds.set(level.kind, (kinds.get(level.kind) ?? new Map()).set(level.priority, level));
    return data ? [...kinds].map(([kind, levels]): Row => ({ kind, levels })) : undefined;
  }, [data]);
  return (
    <>
      <SettingTabs />
      <ListPage<Row>
        title={t('caseSettings.pages.case-levels')}
        query={<Typography.Text type="secondary">{t('caseSettings.levelsHint')}</Typography.Text>}
        columns={[
          {
            title: t('caseSettings.kind'),
            width: 130,
            fixed: 'start',
            render: (_, row) => <Typography.Text strong>{words.kind(row.kind)}</Typography.Text>,
          },
          ...[1, 2, 3, 4].map((priority) => ({
            title: t('caseSettings.priority', { priority }),
            render: (_: unknown, row: Row) => {
              const level = row.levels.get(priority);
              const shown = <Promised level={level} />;
              return level && mayWrite ? (
                <Button
                  type="text"
                  aria-label={t('caseSettings.levelOf', { kind: words.kind(row.kind), priority })}
                  onClick={() => setEdited(level)}
                  style={{ height: 'auto', textAlign: 'start', paddingInline: 8 }}
                >
                  {shown}
                </Button>
              ) : (
                shown
              );
            },
          })),
        ]}
        rows={rows}
        rowKey={(row) => row.kind}
        loading={isPending}
        error={error ? said(error) : undefined}
        onReload={() => void refetch()}
      />
      {edited ? <LevelEditor level={edited} onClose={() => setEdited(undefined)} /> : null}
    </>
  );
}
