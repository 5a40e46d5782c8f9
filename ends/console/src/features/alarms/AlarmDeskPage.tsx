import { useT } from '@keystead/ui/i18n';
import { ListFrame } from '@keystead/ui/table';
import { Typography } from 'antd';
import { useCallback } from 'react';
import { AlarmDrawer } from './AlarmDrawer.tsx';
import { DeskCounts } from './DeskCounts.tsx';
import { DeskQuery } from './DeskQuery.tsx';
import { DeskRows } from './DeskRows.tsx';
import { useDeskFilter } from './desk-filter.ts';
import { useReload } from './queries.ts';

/**
 * The desk a duty operator has open all day: live, keyboard driven. The frame knows nothing of the rows, so it is not
 * drawn again when alarms come.
 */
export default function AlarmDeskPage() {
  const t = useT();
  const { filter, openId, put } = useDeskFilter();
  const reload = useReload();
  const open = useCallback((alarm: string) => put({ alarm }), [put]);
  return (
    <>
      <ListFrame
        title={t('alarms.title')}
        actions={<DeskCounts gathered={filter.gathered} />}
        query={<DeskQuery filter={filter} put={put} />}
        onReload={reload}
        footer={
          <Typography.Paragraph className="ks-from-tablet" type="secondary" style={{ margin: '12px 8px 0' }}>
            {t('alarms.keys')}
          </Typography.Paragraph>
        }
      >
        <DeskRows key={JSON.stringify(filter)} filter={filter} onOpen={open} />
      </ListFrame>
      <AlarmDrawer id={openId} onClose={() => put({ alarm: undefined })} />
    </>
  );
}
