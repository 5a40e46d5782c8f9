import { Flex } from 'antd';
import type { ComponentProps, ReactNode } from 'react';
import { DayChoice } from './DayChoice.tsx';
import { FindInput } from './FindInput.tsx';
import { PlaceChoice } from './PlaceChoice.tsx';
import { StateChoice } from './StateChoice.tsx';

interface HandlingQueryProps<State extends string> {
  /** What is asked for now, and how to ask for something else; both by the words of the address. */
  asked: { text?: string | undefined; house?: string | undefined; on?: string | undefined };
  put(change: Record<string, string | undefined>): void;
  words: { find: string; house: string; day: string; today: string };
  states: Omit<ComponentProps<typeof StateChoice<State>>, 'onChoose'>;
  /** What else can be asked, between the text and the house. */
  children?: ReactNode;
}

/** Query of a list of households on their way into or out of a house: by text, house, day and state. */
export function HandlingQuery<State extends string>({
  asked,
  put,
  words,
  states,
  children,
}: HandlingQueryProps<State>) {
  return (
    <Flex wrap gap={8} align="center">
      <FindInput label={words.find} width={220} value={asked.text} onFind={(value) => put({ text: value })} />
      {children}
      <PlaceChoice
        value={asked.house}
        onChange={(id) => put({ house: id })}
        placeholder={words.house}
        style={{ width: 200 }}
      />
      <DayChoice value={asked.on} onChange={(value) => put({ on: value })} label={words.day} today={words.today} />
      <StateChoice<State> {...states} onChoose={(value) => put({ state: value })} />
    </Flex>
  );
}
