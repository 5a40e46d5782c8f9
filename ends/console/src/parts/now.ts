import { useEffect, useState } from 'react';

/** The time, read again every few seconds, for what counts down on the page. */
export function useNow(everySeconds = 15): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [everySeconds]);
  return now;
}
