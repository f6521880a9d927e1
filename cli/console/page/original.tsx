import { useState } from 'preact/hooks';
import type { Original } from '../api.ts';
import { ask, useAsked } from './connection.ts';
import { directionOf, inert } from './direction.ts';
import { showNumber, useShell } from './shell.ts';
import { Sorry } from './sorry.tsx';

/** The uploaded object, as text, fetched when somebody wants to see it. */
export function OriginalText({ id }: { readonly id: string }) {
  const { t } = useShell();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('article.original')}</summary>
      {isOpen && <OriginalBody id={id} />}
    </details>
  );
}

function OriginalBody({ id }: { readonly id: string }) {
  const { t, language } = useShell();
  const asked = useAsked(id, (signal) => ask<Original>('original', { id }, { signal }));
  if (asked.kind === 'waiting') return <p class="waiting">{t('shell.loading')}</p>;
  if (asked.kind === 'failed')
    return <Sorry language={language} error={asked.error} retry={asked.retry} />;
  const { text, isCut, bytes } = asked.value;
  if (text === null) return <p class="hint">{t('article.binary')}</p>;
  const n = (value: number) => showNumber(language, value);
  return (
    <>
      {isCut && <p class="hint">{t('article.cut', { n: n(text.length), all: n(bytes) })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard */}
      <pre class="original" dir={directionOf(text)} tabIndex={0}>
        {inert(text)}
      </pre>
    </>
  );
}
