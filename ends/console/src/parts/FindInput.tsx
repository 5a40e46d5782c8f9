import { Input } from 'antd';

interface FindInputProps {
  /** What can be looked for; also its name for those who hear the page. */
  label: string;
  /** px. */
  width: number;
  value: string | undefined;
  onFind(text: string): void;
}

/** Where a list is searched by text. */
export const FindInput = ({ label, width, value, onFind }: FindInputProps) => (
  <Input.Search
    allowClear
    defaultValue={value}
    placeholder={label}
    aria-label={label}
    style={{ width }}
    onSearch={onFind}
  />
);
