import { useEffect, useState } from 'preact/hooks';
import type { ArticleView } from '../api.ts';
import { directionOf } from './direction.ts';
import { EventsTable } from './events-table.tsx';
import { EvidenceText } from './evidence-text.tsx';
import { sendDraft } from './send-draft.ts';
import { useShell } from './shell.ts';
import { Failed } from './sorry.tsx';

interface TryOutProps {
  readonly yaml: string;
  /** The draft was looked at: trying it asks nothing twice. */
  readonly isWritten: boolean;
}

const TYPING_MS = 300;

/** What the draft sees in a text that a person pastes. */
export function TryOut({ yaml, isWritten }: TryOutProps) {
  const { t, language } = useShell();
  const [text, setText] = useState('');
  const [view, setView] = useState<ArticleView | null>(null);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    if (text.trim() === '' || !isWritten) return setView((was) => (text === '' ? null : was));
    let isOld = false;
    const wait = setTimeout(() => {
      sendDraft<ArticleView | null>('try', yaml, text).then(
        (seen) => {
          if (isOld) return;
          setView(seen);
          setError(null);
        },
        (failed: Error) => isOld || setError(failed),
      );
    }, TYPING_MS);
    return () => {
      isOld = true;
      clearTimeout(wait);
    };
  }, [yaml, text, isWritten]);
  return (
    <section class="bench-part">
      <h2>{t('watchlist.try')}</h2>
      <textarea
        rows={4}
        dir={directionOf(text)}
        aria-label={t('watchlist.paste')}
        placeholder={t('watchlist.paste')}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      {error !== null && <Failed language={language} error={error} />}
      {view?.text && (
        <>
          <EvidenceText view={view} text={view.text} />
          <EventsTable events={view.record.events} />
        </>
      )}
    </section>
  );
}
