import { say, type UiLanguage } from './words.ts';

interface SorryProps {
  readonly language: UiLanguage;
  readonly error: Error;
  retry(): void;
}

/** What went wrong, in the server's words, and the way to try again. */
export function Sorry({ language, error, retry }: SorryProps) {
  return (
    <div class="sorry" role="alert">
      <p>
        <strong>{say(language, 'shell.failed')}.</strong> <bdi>{error.message}</bdi>
      </p>
      <button type="button" onClick={retry}>
        {say(language, 'shell.retry')}
      </button>
    </div>
  );
}
