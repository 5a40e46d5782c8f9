import { useT } from '@keystead/ui/i18n';
import { Alert, Empty, Flex, List, Modal, Tag, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../../shell/sdk.ts';
import { ThingPick } from '../ThingPick.tsx';
import { type LinkageBody, type Trial, useTryLinkage } from './queries.ts';

/** What a rule would do if its trigger happened to a thing now; nothing is sent. */
export function TrialDialog({ rule, onClose }: { rule: LinkageBody; onClose(): void }) {
  const t = useT();
  const trial = useTryLinkage();
  const { mutate } = trial;
  const [thing, setThing] = useState(rule.trigger.thing);
  return (
    <Modal
      open
      width={600}
      title={t('commands.linkages.tryOf', { name: rule.name })}
      okText={t('commands.linkages.try')}
      cancelText={t('commands.close')}
      okButtonProps={{ disabled: thing === undefined, loading: trial.isPending }}
      onOk={() => thing && mutate({ rule, thing })}
      onCancel={onClose}
    >
      <Flex vertical gap={16}>
        <Typography.Text type="secondary">{t('commands.linkages.tryHint')}</Typography.Text>
        <ThingPick value={thing} placeholder={t('commands.linkages.happensTo')} onChange={setThing} />
        {trial.error ? <Alert type="error" showIcon title={said(trial.error)} /> : null}
        {trial.data ? <Outcome trial={trial.data} /> : null}
      </Flex>
    </Modal>
  );
}

function Outcome({ trial: { misses, commands } }: { trial: Trial }) {
  const t = useT();
  return (
    <>
      {misses.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('commands.linkages.wouldNot')}
          description={misses.map((miss) => t(`commands.linkages.misses.${miss}`)).join(' · ')}
        />
      ) : (
        <Alert type="success" showIcon title={t('commands.linkages.would')} />
      )}
      {commands.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('commands.linkages.noCommands')} />
      ) : (
        <List
          size="small"
          bordered
          dataSource={commands}
          renderItem={({ thingName, thingCode, service, input, approval, refused }) => (
            <List.Item>
              <Flex vertical gap={2}>
                <span>
                  {thingName} <Typography.Text type="secondary">{thingCode}</Typography.Text> → {service}{' '}
                  <Typography.Text code>{JSON.stringify(input)}</Typography.Text>
                </span>
                {refused ? (
                  <Typography.Text type="danger">{t('commands.linkages.refused', { type: refused })}</Typography.Text>
                ) : null}
              </Flex>
              {approval ? <Tag color="gold">{t('commands.linkages.approval')}</Tag> : null}
            </List.Item>
          )}
        />
      )}
    </>
  );
}
