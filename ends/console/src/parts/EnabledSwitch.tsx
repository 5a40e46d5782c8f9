import { Switch } from 'antd';

interface EnabledSwitchProps {
  checked: boolean;
  disabled?: boolean;
  /** What is switched, for screen readers. */
  label: string;
  onChange(checked: boolean): void;
}

/** Switches a row on or off without opening it. */
export function EnabledSwitch({ label, onChange, ...state }: EnabledSwitchProps) {
  return (
    <Switch
      {...state}
      aria-label={label}
      onChange={(checked, event) => {
        event.stopPropagation();
        onChange(checked);
      }}
    />
  );
}
