import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Select, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { isProblem, said } from '../../shell/sdk.ts';
import { useSaveTargets, useTargets } from './queries.ts';

/** Inner addresses that webhooks may go to; all others are refused, so that no rule can reach into the network. */
export function InnerTargets() {
  const t = useT();
  const { data, error } = useTargets(true);
  const save = useSaveTargets();
  const [list, setList] = useState<string[]>();
  useEffect(() => setList(data?.targets), [data]);
  const refused = isProblem(save.error) ? save.error.errors.flatMap(({ detail }) => detail ?? []) : [];
  const problem = error ?? save.error;
  return (
    <Card size="small" title={t('notify.targets')}>
      <Flex vertical gap={8}>
        <Typography.Text type="secondary">{t('notify.targetsHint')}</Typography.Text>
        {problem ? <Alert type="error" title={[said(problem), ...refused].join('  ')} /> : null}
        <Flex gap={8}>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={[',', '，', ' ', ';', '；']}
            maxCount={100}
            value={list ?? []}
            onChange={setList}
            aria-label={t('notify.targets')}
            placeholder="10.1.0.0/16"
            status={refused.length > 0 ? 'error' : ''}
            style={{ flex: 1 }}
          />
          <Button loading={save.isPending} disabled={list === undefined} onClick={() => save.mutate(list ?? [])}>
            {t('notify.save')}
          </Button>
        </Flex>
      </Flex>
    </Card>
  );
}
