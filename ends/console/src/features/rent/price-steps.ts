/** `10:2.85, 20:3.85, 5.85` → steps: up to 10 units 2.85 each, up to 20 3.85, above 5.85. */
export const stepsOf = (text: string) =>
  text.split(/[,，]/).map((part) => {
    const [first = '', second] = part.split(/[:：]/).map((each) => each.trim());
    const price = Math.round(Number(second ?? first) * 10_000);
    return { upTo: second === undefined ? null : Math.round(Number(first) * 1000), price };
  });

/** The same as a line to read. */
export const stepText = (steps: readonly { upTo: number | null; price: number }[]): string =>
  steps.map(({ upTo, price }) => `${upTo === null ? '' : `≤ ${upTo / 1000}: `}${price / 10_000}`).join(' · ');
