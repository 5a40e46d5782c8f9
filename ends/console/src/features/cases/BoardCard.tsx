import { MoreOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Dropdown, Flex, Typography, theme } from 'antd';
import { useState } from 'react';
import { Deadlines } from './Deadlines.tsx';
import { type CaseFile, type CaseLine, type CaseStep, useCase } from './queries.ts';
import { PriorityMark } from './StateTag.tsx';
import { dangerous } from './steps.ts';
import { useCaseWords } from './words.ts';

interface BoardCardProps {
  line: CaseLine;
  onOpen(): void;
  onDrag(line: CaseLine | undefined): void;
  onStep(file: CaseFile, step: CaseStep): void;
}

/** A case as a card. Its menu holds the steps that are open to the reader, for those who do not drag. */
export function BoardCard({ line, onOpen, onDrag, onStep }: BoardCardProps) {
  const t = useT();
  const { token } = theme.useToken();
  const words = useCaseWords();
  const [asked, setAsked] = useState(false);
  const { data: file } = useCase(asked ? line.id : undefined);
  const items = file?.steps.map((step) => ({ key: step, label: words.step(step), danger: dangerous.includes(step) }));
  return (
    <article
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        onDrag(line);
      }}
      onDragEnd={() => onDrag(undefined)}
      style={{
        padding: 10,
        borderRadius: token.borderRadius,
        background: token.colorBgContainer,
        border: `1px solid ${token.colorBorderSecondary}`,
        cursor: 'grab',
      }}
    >
      <Flex justify="space-between" align="center" gap={4}>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {line.code}
        </Typography.Text>
        <Dropdown
          trigger={['click']}
          onOpenChange={setAsked}
          menu={{
            items: items?.length
              ? items
              : [{ key: 'none', disabled: true, label: t(file ? 'cases.noSteps' : 'cases.loading') }],
            onClick: ({ key }) => {
              const step = file?.steps.find((each) => each === key);
              if (file && step) onStep(file, step);
            },
          }}
        >
          <Button
            size="small"
            type="text"
            icon={<MoreOutlined />}
            aria-label={t('cases.stepsOf', { code: line.code })}
          />
        </Dropdown>
      </Flex>
      <Typography.Link
        onClick={onOpen}
        role="button"
        tabIndex={0}
        onKeyDown={(event) => event.key === 'Enter' && onOpen()}
        style={{ color: token.colorText, fontWeight: 500 }}
      >
        {line.title}
      </Typography.Link>
      <Flex vertical gap={2} style={{ marginTop: 6, fontSize: 12 }}>
        <Flex justify="space-between" gap={8}>
          <PriorityMark priority={line.priority} />
          <span>{line.assigneeName ?? line.team ?? t('cases.nobody')}</span>
        </Flex>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {words.kind(line.kind)}
        </Typography.Text>
        <Deadlines line={line} />
      </Flex>
    </article>
  );
}
