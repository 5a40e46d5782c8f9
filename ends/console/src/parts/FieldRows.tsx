import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form } from 'antd';
import type { ReactNode } from 'react';

interface FieldRowsProps {
  name: string;
  label: string;
  /** What a fresh row begins with. */
  fresh?: object;
  /** Words of the button that adds a row, and of the one that takes it away. */
  add: string;
  remove: string;
  /** The fields of one row; its own field names go below `at`. */
  children(at: number): ReactNode;
}

/** As many rows of the same fields as are needed, in a form. */
export function FieldRows({ name, label, fresh = {}, add, remove, children }: FieldRowsProps) {
  return (
    <Form.List name={name}>
      {(rows, { add: put, remove: take }) => (
        <Form.Item label={label}>
          {rows.map(({ key, name: at }) => (
            <Flex key={key} gap={8} align="start">
              {children(at)}
              <Button icon={<DeleteOutlined />} aria-label={remove} onClick={() => take(at)} />
            </Flex>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => put(fresh)}>
            {add}
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}
