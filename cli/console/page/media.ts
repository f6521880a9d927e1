import { useEffect, useState } from 'preact/hooks';

/** Whether a media query holds, now and whenever it changes. */
export function useMedia(query: string): boolean {
  const [list] = useState(() => matchMedia(query));
  const [holds, setHolds] = useState(list.matches);
  useEffect(() => {
    const changed = () => setHolds(list.matches);
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [list]);
  return holds;
}
