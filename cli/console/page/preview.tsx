import { useEffect, useState } from 'preact/hooks';
import type { Preview, RulePreview } from '../../preview.ts';
import { directionOf, inert } from './direction.ts';
import { sendDraft } from './send-draft.ts';
import { showNumber, useShell } from './shell.ts';
import { Failed } from './sorry.tsx';

interface RuleChangeProps {
  readonly change: RulePreview;
}

interface PreviewProps {
  readonly yaml: string;
  readonly isGood: boolean;
}

/** What the draft would alert on that the watchlist in force does not, and the other way round. */
export function PreviewOf({ yaml, isGood }: PreviewProps) {
  const { t, language } = useShell();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle');
  // What was compared is not this draft any more.
  useEffect(() => setPreview(null), [yaml]);
  const run = () => {
    setState('busy');
    sendDraft<Preview | null>('preview', yaml).then(
      (compared) => {
        setPreview(compared);
        setState('idle');
      },
      (error: Error) => setState(error),
    );
  };
  const n = (value: number) => showNumber(language, value);
  const changed = (preview?.rules ?? []).filter(
    ({ added, removed }) => added.length + removed.length > 0,
  );
  return (
    <section class="bench-part">
      <h2>{t('watchlist.preview')}</h2>
      <p>
        <button type="button" disabled={!isGood || state === 'busy'} onClick={run}>
          {t(state === 'busy' ? 'shell.loading' : 'watchlist.previewRun')}
        </button>
      </p>
      {state instanceof Error && <Failed language={language} error={state} />}
      {preview !== null && (
        <div role="status" class="previewed">
          <p class="hint">
            {t('watchlist.previewed', {
              n: n(preview.sampled - preview.unreadable),
              all: n(preview.inRange),
            })}
          </p>
          {changed.length === 0 && <p>{t('watchlist.same')}</p>}
          {changed.map((rule) => (
            <RuleChange key={rule.rule} change={rule} />
          ))}
        </div>
      )}
    </section>
  );
}

function RuleChange({ change: { rule, before, after, added, removed } }: RuleChangeProps) {
  const { t, language } = useShell();
  const n = (value: number) => showNumber(language, value);
  return (
    <section>
      <h3>
        <code>{rule}</code> {t('watchlist.counts', { before: n(before), after: n(after) })}
      </h3>
      {(
        [
          ['gained', added],
          ['lost', removed],
        ] as const
      ).map(
        ([which, examples]) =>
          examples.length > 0 && (
            <div key={which}>
              <h4>{t(`watchlist.${which}`)}</h4>
              <ul>
                {examples.map(({ id, title, quote }) => (
                  <li key={id}>
                    <strong dir={directionOf(title)}>{inert(title) || t('feed.untitled')}</strong>
                    <span dir={directionOf(quote)}>{inert(quote)}</span>
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </section>
  );
}
