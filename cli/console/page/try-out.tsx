import { useEffect, useState } from 'preact/hooks';
import type { Topic, TriedOut } from '../api.ts';
import { directionOf } from './direction.ts';
import { EventsTable } from './events-table.tsx';
import { EvidenceText } from './evidence-text.tsx';
import { sendDraft } from './send-draft.ts';
import { type Shell, ShellContext, useShell } from './shell.ts';
import { Failed } from './sorry.tsx';

interface TryOutProps {
  readonly yaml: string;
  /** The draft was looked at: trying it asks nothing twice. */
  readonly isWritten: boolean;
}

const TYPING_MS = 300;

/** What the draft sees in a text that a person pastes. */
export function TryOut({ yaml, isWritten }: TryOutProps) {
  const shell = useShell();
  const { t, language } = shell;
  const [text, setText] = useState('');
  const [tried, setTried] = useState<TriedOut | null>(null);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    if (text.trim() === '' || !isWritten) return setTried((was) => (text === '' ? null : was));
    let isOld = false;
    const wait = setTimeout(() => {
      sendDraft<TriedOut | null>('try', yaml, text).then(
        (seen) => {
          if (isOld) return;
          setTried(seen);
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
      {tried?.view.text && (
        <ShellContext.Provider value={withTopics(shell, tried.topics)}>
          <EvidenceText view={tried.view} text={tried.view.text} />
          <EventsTable events={tried.view.record.events} />
        </ShellContext.Provider>
      )}
    </section>
  );
}

/** Topics are called what the draft calls them. */
function withTopics(shell: Shell, topics: readonly Topic[]): Shell {
  return { ...shell, about: { ...shell.about, topics } };
}
