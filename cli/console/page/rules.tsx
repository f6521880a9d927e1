import { useState } from 'preact/hooks';
import type { RuleOutcome } from '../api.ts';
import { ask, useAsked } from './connection.ts';
import { inert } from './direction.ts';
import { useShell } from './shell.ts';
import { Sorry } from './sorry.tsx';

/** Which rules match the article and which nearly do, asked for when somebody wants to know. */
export function RulesOf({ id }: { readonly id: string }) {
  const { t } = useShell();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('article.rules')}</summary>
      {isOpen && <Outcomes id={id} />}
    </details>
  );
}

function Outcomes({ id }: { readonly id: string }) {
  const { t, language } = useShell();
  const asked = useAsked(id, (signal) => ask<RuleOutcome[]>('explain', { id }, { signal }));
  if (asked.kind === 'waiting') return <p class="waiting">{t('shell.loading')}</p>;
  if (asked.kind === 'failed')
    return <Sorry language={language} error={asked.error} retry={asked.retry} />;
  if (asked.value.length === 0) return <p class="hint">{t('article.noRules')}</p>;
  const outcomes = asked.value.toSorted((a, b) => a.outcome.localeCompare(b.outcome));
  return (
    <ul class="outcomes">
      {outcomes.map(({ rule, title, outcome, because }) => (
        <li key={rule}>
          <strong>{t(`article.${outcome}`)}</strong> {title[language]} <code>{rule}</code>
          {because.map((reason) => (
            <p key={reason} class="hint" dir="ltr">
              {inert(reason)}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
