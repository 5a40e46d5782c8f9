import { Button, Popconfirm, Space } from 'antd';

interface RemoveButtonProps {
  text: string;
  /** The question before it is done. */
  sure: string;
  onConfirm(): unknown;
}

/** Ends or removes a row after a question, without opening it. */
export function RemoveButton({ text, sure, onConfirm }: RemoveButtonProps) {
  return (
    <Space onClick={(event) => event.stopPropagation()}>
      <Popconfirm title={sure} onConfirm={() => void onConfirm()}>
        <Button size="small" type="text" danger>
          {text}
        </Button>
      </Popconfirm>
    </Space>
  );
}
