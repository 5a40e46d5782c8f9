import { EditOutlined } from '@ant-design/icons';
import { KeyValue } from '@keystead/ui/facts';
import { quantity } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useSession } from '../../../shell/session.tsx';
import { Attributes } from './Attributes.tsx';
import { Maintenance } from './Maintenance.tsx';
import { Parts } from './Parts.tsx';
import { dossierFields, ThingEditor } from './ThingEditor.tsx';
import type { ThingTabProps } from './tab-props.ts';

/** The file of a thing: where it came from, how much it ran, which parts it takes, what was done to it. */
export function DossierTab({ thing }: ThingTabProps) {
  const t = useT();
  const { may } = useSession();
  const [editing, setEditing] = useState(false);
  const mayWrite = may('thing:write');
  return (
    <Flex vertical gap={28}>
      <Flex vertical gap={12}>
        {mayWrite ? (
          <div>
            <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
              {t('things.edit')}
            </Button>
          </div>
        ) : null}
        <KeyValue
          facts={[
            ...dossierFields.map(({ name }) => ({
              key: name,
              label: t(`things.field.${name}`),
              value: name === 'bearer' && thing.bearer ? t(`parts.bearers.${thing.bearer}`) : thing[name],
            })),
            { key: 'runHours', label: t('things.runHours'), value: quantity(thing.runHours, 'h', 1) },
            { key: 'energy', label: t('things.energy'), value: quantity(thing.energyKwh, 'kW.h', 1) },
            {
              key: 'labels',
              label: t('things.labels'),
              value: Object.entries(thing.labels).map(([name, value]) => <Tag key={name}>{`${name}: ${value}`}</Tag>),
            },
            { key: 'number', label: t('things.number'), value: String(thing.number) },
          ]}
        />
      </Flex>
      <section>
        <Typography.Title level={5} style={{ marginTop: 0 }}>
          {t('things.parts')}
        </Typography.Title>
        <Parts thing={thing} />
      </section>
      <section>
        <Typography.Title level={5} style={{ marginTop: 0 }}>
          {t('things.maintenance')}
        </Typography.Title>
        <Maintenance thing={thing} />
      </section>
      <section>
        <Typography.Title level={5} style={{ marginTop: 0 }}>
          {t('things.attributes')}
        </Typography.Title>
        <Attributes thing={thing} />
      </section>
      {editing ? <ThingEditor thing={thing} onClose={() => setEditing(false)} /> : null}
    </Flex>
  );
}
