import { PlusOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Tag, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type Calendar, useCalendars } from '../queries.ts';
import { SettingTabs } from '../SettingTabs.tsx';
import { useSettingWords } from '../words.ts';
import { CalendarEditor } from './CalendarEditor.tsx';
import { hoursText } from './hours-words.ts';

/** Working calendars that service levels count in. */
export default function CalendarsPage() {
  const { t } = useTexts();
  const { may } = useSession();
  const words = useSettingWords();
  const { data, error, isPending, refetch } = useCalendars();
  const [edited, setEdited] = useState<Calendar | 'new'>();
  const mayWrite = may('system:write');
  return (
    <>
      <SettingTabs />
      <ListPage<Calendar>
        title={t('caseSettings.pages.case-calendars')}
        total={data?.items.length}
        actions={
          mayWrite ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
              {t('caseSettings.addCalendar')}
            </Button>
          ) : null
        }
        query={<Typography.Text type="secondary">{t('caseSettings.calendarsHint')}</Typography.Text>}
        columns={[
          {
            title: t('caseSettings.calendar'),
            render: (_, row) => (
              <>
                <Typography.Text strong>{words.calendar(row.name)}</Typography.Text>{' '}
                <Typography.Text type="secondary">{row.name}</Typography.Text>{' '}
                {row.version > 0 ? <Tag>{t('caseSettings.own')}</Tag> : null}
              </>
            ),
          },
          {
            title: t('caseSettings.hours'),
            render: (_, row) => hoursText(row.definition.hours, (day) => t(`caseSettings.weekdays.${day}`)),
          },
          {
            title: t('caseSettings.dates.holidays'),
            align: 'right',
            width: 110,
            render: (_, row) => t('caseSettings.dayCount', { count: row.definition.holidays.length }),
          },
          {
            title: t('caseSettings.dates.workdays'),
            align: 'right',
            width: 110,
            render: (_, row) => t('caseSettings.dayCount', { count: row.definition.workdays.length }),
          },
          { title: t('caseSettings.zone'), width: 140, render: (_, row) => row.definition.zone },
        ]}
        rows={data?.items}
        rowKey={(row) => row.name}
        loading={isPending}
        error={error ? said(error) : undefined}
        onReload={() => void refetch()}
        onOpen={mayWrite ? setEdited : undefined}
      />
      {edited ? (
        <CalendarEditor calendar={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      ) : null}
    </>
  );
}
