/** Somebody who touched the page so long ago is not taken to be asking. */
const lapseMs = 60_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Whether somebody is at the page: it was opened or touched within the last minute. What an open page asks by itself
 * while nobody is there must not keep its session alive (H-11.1-b).
 */
export function createAttention(page: EventTarget, now: () => number = () => performance.now()) {
  let last = now();
  const touch = () => {
    last = now();
  };
  for (const sign of signs) page.addEventListener(sign, touch, { passive: true, capture: true });
  return {
    isThere: (): boolean => now() - last < lapseMs,
    leave: () => {
      for (const sign of signs) page.removeEventListener(sign, touch, { capture: true });
    },
  };
}
