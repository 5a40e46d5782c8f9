import type { InputHTMLAttributes } from 'react';

interface LabelledInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  id: string;
  label: string;
  value: string;
  onText(text: string): void;
}

/** A field with its words above it. */
export function LabelledInput({ id, label, onText, ...input }: LabelledInputProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} onChange={(event) => onText(event.target.value)} />
    </>
  );
}
