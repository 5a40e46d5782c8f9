import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import type { ThingTabProps } from '../../shell/feature.ts';
import { useSession } from '../../shell/session.tsx';
import { CheckDrawer } from './CheckDrawer.tsx';
import { CheckTable } from './CheckTable.tsx';
import { KeepDialog } from './KeepDialog.tsx';

/** Photos of the dial of one meter beside what its register said. */
export default function DialTab({ thing }: ThingTabProps) {
  const t = useT();
  const { may } = useSession();
  const [open, setOpen] = useState<string>();
  const [adding, setAdding] = useState(false);
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" gap={16} wrap>
        <Typography.Text type="secondary">{t('dials.hint')}</Typography.Text>
        {may('dial:write') ? (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('dials.add')}
          </Button>
        ) : null}
      </Flex>
      <CheckTable query={{ thing }} empty={t('dials.noneOfMeter')} onOpen={setOpen} />
      <CheckDrawer id={open} onClose={() => setOpen(undefined)} />
      {adding ? (
        <KeepDialog
          thing={thing}
          onClose={() => setAdding(false)}
          onKept={({ id }) => {
            setAdding(false);
            setOpen(id);
          }}
        />
      ) : null}
    </Flex>
  );
}
