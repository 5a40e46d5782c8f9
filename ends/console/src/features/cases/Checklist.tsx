import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Checkbox, Empty, Flex, Input, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CaseFile, useChange } from './queries.ts';

/** What has to be done before the work counts as done. */
export function Checklist({ file, adding = false }: { file: CaseFile; adding?: boolean }) {
  const t = useT();
  const { may } = useSession();
  const [text, setText] = useState('');
  const tick = useChange(({ item, done }: { item: string; done: boolean }) =>
    sdk.cases.tick({ params: { id: file.id, item }, body: { done } }),
  );
  const add = useChange((words: string) =>
    sdk.cases.addItem({ params: { id: file.id }, body: { text: words, required: true } }),
  );
  const allowed = may('case:handle') && !file.endedAt;
  const problem = tick.error ?? add.error;

  const submit = () => {
    if (text.trim()) add.mutate(text.trim(), { onSuccess: () => setText('') });
  };

  return (
    <Flex vertical gap={8}>
      {problem ? <Alert type="error" title={said(problem)} /> : null}
      {file.items.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noItems')} /> : null}
      {file.items.map((item) => (
        <Flex key={item.id} gap={8} align="baseline" justify="space-between" wrap>
          <Checkbox
            checked={item.doneAt !== undefined}
            disabled={!allowed || tick.isPending}
            onChange={(event) => tick.mutate({ item: item.id, done: event.target.checked })}
          >
            {item.text} {item.required ? <Tag>{t('cases.mustDo')}</Tag> : null}
          </Checkbox>
          {item.doneAt ? (
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {dateTime(item.doneAt)}
            </Typography.Text>
          ) : null}
        </Flex>
      ))}
      {adding && allowed ? (
        <Space.Compact style={{ maxWidth: 480 }}>
          <Input
            value={text}
            maxLength={400}
            placeholder={t('cases.newItem')}
            aria-label={t('cases.newItem')}
            onChange={(event) => setText(event.target.value)}
            onPressEnter={submit}
          />
          <Button icon={<PlusOutlined />} loading={add.isPending} disabled={!text.trim()} onClick={submit}>
            {t('cases.addItem')}
          </Button>
        </Space.Compact>
      ) : null}
    </Flex>
  );
}
