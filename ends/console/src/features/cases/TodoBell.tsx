import { CarryOutOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Alert, Badge, Button, Empty, Flex, Popover, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { Deadlines } from './Deadlines.tsx';
import { useFreshCases, useTodos } from './queries.ts';

const shownAtMost = 12;

/** What is waiting for the reader: to work on, to confirm, to dispatch. Most urgent first. */
export function TodoBell() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { data, error } = useTodos();
  useFreshCases();
  const todos = data?.items ?? [];
  const content = (
    <Flex vertical gap={4} style={{ width: 360, maxHeight: 460, overflow: 'auto' }}>
      {error ? <Alert type="error" title={said(error)} /> : null}
      {!error && todos.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noTodos')} />
      ) : null}
      {todos.slice(0, shownAtMost).map((todo) => (
        <Link key={todo.id} to={`/cases/${todo.id}`} onClick={() => setOpen(false)} style={{ padding: '6px 4px' }}>
          <Flex justify="space-between" gap={8}>
            <Typography.Text strong ellipsis>
              {todo.title}
            </Typography.Text>
            <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap' }}>
              {t(`cases.because.${todo.because}`)}
            </Typography.Text>
          </Flex>
          <Flex justify="space-between" gap={8} style={{ fontSize: 12 }}>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {todo.code}
            </Typography.Text>
            <Deadlines line={todo} />
          </Flex>
        </Link>
      ))}
      <Link to="/cases?group=mine" onClick={() => setOpen(false)} style={{ padding: 4 }}>
        {t('cases.allMine')}
      </Link>
    </Flex>
  );
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomRight"
      title={t('cases.todos')}
      content={content}
    >
      <Badge count={todos.length} size="small" overflowCount={99} color="#64748b" offset={[0, 4]}>
        <Button type="text" icon={<CarryOutOutlined />} aria-label={t('cases.todoCount', { count: todos.length })} />
      </Badge>
    </Popover>
  );
}
