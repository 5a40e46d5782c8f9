import { useEffect, useState } from 'react';

/** The time, again every `seconds`, for words such as "3 minutes ago" that would otherwise grow stale. */
export function useNow(seconds = 5): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}
