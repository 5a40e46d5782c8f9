import { LockOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex, Input, Segmented, Tag, Typography, theme } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CaseFile, useChange } from './queries.ts';

/** What was said: to everyone, the requester too, or among colleagues only. The two look different, so that nobody errs. */
export function Conversation({ file }: { file: CaseFile }) {
  const t = useT();
  const { token } = theme.useToken();
  const { may } = useSession();
  const colleague = may('case:handle') || may('case:assign');
  const [text, setText] = useState('');
  const [internal, setInternal] = useState(colleague);
  const say = useChange((body: { text: string; internal: boolean }) =>
    sdk.cases.comment({ params: { id: file.id }, body }),
  );
  const submit = () => say.mutate({ text: text.trim(), internal }, { onSuccess: () => setText('') });

  return (
    <Flex vertical gap={12} style={{ maxWidth: 760 }}>
      {file.comments.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noComments')} />
      ) : null}
      {file.comments.map((comment) => (
        <div
          key={comment.id}
          style={{
            padding: '8px 12px',
            borderRadius: token.borderRadius,
            border: `1px ${comment.internal ? 'dashed' : 'solid'} ${token.colorBorder}`,
            background: comment.internal ? token.colorFillAlter : token.colorBgContainer,
          }}
        >
          <Flex gap={8} align="center" wrap>
            <Typography.Text strong>{comment.actorName}</Typography.Text>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {dateTime(comment.at)}
            </Typography.Text>
            {comment.internal ? <Tag icon={<LockOutlined />}>{t('cases.internal')}</Tag> : null}
          </Flex>
          <Typography.Paragraph style={{ margin: '4px 0 0', whiteSpace: 'pre-wrap' }}>
            {comment.text}
          </Typography.Paragraph>
        </div>
      ))}
      {say.error ? <Alert type="error" title={said(say.error)} /> : null}
      {may('case:write') && !file.endedAt ? (
        <Flex vertical gap={8}>
          {colleague ? (
            <Segmented
              style={{ alignSelf: 'flex-start' }}
              value={internal ? 'internal' : 'public'}
              options={[
                { value: 'internal', label: t('cases.sayInternal'), icon: <LockOutlined /> },
                { value: 'public', label: t('cases.sayPublic') },
              ]}
              onChange={(choice) => setInternal(choice === 'internal')}
            />
          ) : null}
          <Input.TextArea
            rows={3}
            maxLength={4000}
            value={text}
            placeholder={t(internal ? 'cases.saidAmongUs' : 'cases.saidToAll')}
            aria-label={t(internal ? 'cases.saidAmongUs' : 'cases.saidToAll')}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim()) submit();
            }}
          />
          <Button
            type="primary"
            style={{ alignSelf: 'flex-start' }}
            loading={say.isPending}
            disabled={!text.trim()}
            onClick={submit}
          >
            {t('cases.say')}
          </Button>
        </Flex>
      ) : null}
    </Flex>
  );
}
