import { Button, Flex, Input } from 'antd';
import type { ReactNode } from 'react';

interface DecisionProps {
  /** The ground in words; without one nothing is decided. */
  reason: string;
  onReason(text: string): void;
  maxLength: number;
  label: string;
  hint: string;
  /** Words of the two answers; left out for those who may not give them. */
  answers?: { yes: string; no: string } | undefined;
  busy: boolean;
  onDecide(granted: boolean): void;
  /** What else can be done with the ground that was given. */
  children?: ReactNode;
}

/** Yes or no to what somebody asked for, with a ground. */
export function Decision({ reason, onReason, answers, busy, onDecide, children, ...words }: DecisionProps) {
  const unfounded = reason.trim() === '';
  return (
    <>
      <Input.TextArea
        rows={3}
        value={reason}
        maxLength={words.maxLength}
        aria-label={words.label}
        placeholder={words.hint}
        onChange={(event) => onReason(event.target.value)}
      />
      <Flex gap={8} wrap>
        {answers ? (
          <>
            <Button type="primary" disabled={unfounded} loading={busy} onClick={() => onDecide(true)}>
              {answers.yes}
            </Button>
            <Button danger disabled={unfounded} loading={busy} onClick={() => onDecide(false)}>
              {answers.no}
            </Button>
          </>
        ) : null}
        {children}
      </Flex>
    </>
  );
}
