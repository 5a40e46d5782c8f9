import { UploadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Flex, Tag, Upload } from 'antd';
import { useState } from 'react';
import { said } from '../shell/sdk.ts';

interface KeptFilesProps {
  value?: string[] | undefined;
  onChange?: ((records: string[]) => void) | undefined;
  /** Keeps one file and answers its record. */
  put(file: File): Promise<{ id: string }>;
  /** Of the button. */
  label: string;
  /** Kinds of files that are offered. */
  accept?: string;
}

/** A form field of files: each is kept as soon as it is chosen, the form carries their records. */
export function KeptFiles({ value = [], onChange, put, label, accept }: KeptFilesProps) {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const add = useMutation({
    mutationFn: async (file: File) => ({ ...(await put(file)), name: file.name }),
    onSuccess: ({ id, name }) => {
      setNames((before) => new Map(before).set(id, name));
      onChange?.([...value, id]);
    },
  });
  return (
    <Flex vertical gap={8} align="start">
      {add.error ? <Alert type="error" showIcon title={said(add.error)} /> : null}
      <Flex wrap gap={4}>
        {value.map((id) => (
          <Tag key={id} closable onClose={() => onChange?.(value.filter((each) => each !== id))}>
            {names.get(id) ?? id.slice(0, 8)}
          </Tag>
        ))}
      </Flex>
      <Upload
        {...(accept ? { accept } : {})}
        showUploadList={false}
        disabled={add.isPending}
        beforeUpload={(chosen) => {
          add.mutate(chosen);
          return Upload.LIST_IGNORE;
        }}
      >
        <Button icon={<UploadOutlined />} loading={add.isPending}>
          {label}
        </Button>
      </Upload>
    </Flex>
  );
}
