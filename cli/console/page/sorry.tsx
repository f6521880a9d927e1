import { AnswerError, ServerGone } from './connection.ts';
import { Icon } from './icons.tsx';
import { say, type UiLanguage } from './words.ts';

interface SorryProps {
  readonly language: UiLanguage;
  readonly error: Error;
  retry(): void;
}

/** What went wrong, in plain words where there are any and in the server's own, and the way to try again. */
export function Sorry({ language, error, retry }: SorryProps) {
  return (
    <div class="sorry" role="alert">
      <Icon name="warning" />
      <p>
        <strong>{sorryWords(language, error)}</strong>
      </p>
      {error.message !== '' && (
        <p class="hint" dir="ltr" lang="en">
          {error.message}
        </p>
      )}
      <button type="button" onClick={retry}>
        {say(language, 'shell.retry')}
      </button>
    </div>
  );
}

/** The same in a line. */
export function Failed({ language, error }: Omit<SorryProps, 'retry'>) {
  return (
    <span class="bad" role="alert">
      {sorryWords(language, error)}. <bdi lang="en">{error.message}</bdi>
    </span>
  );
}

/** An error in one sentence of the page's language. */
export function sorryWords(language: UiLanguage, error: Error): string {
  if (error instanceof ServerGone) return say(language, 'sorry.ended');
  const kind = error instanceof AnswerError ? error.kind : 'other';
  return say(language, kind === 'other' ? 'shell.failed' : `sorry.${kind}`);
}
