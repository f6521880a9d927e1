import { useEffect, useState } from 'preact/hooks';
import type { Preview, PreviewedAlert } from '../api.ts';
import { directionOf, inert } from './direction.ts';
import { TopicChip } from './feed-line.tsx';
import { sendDraft } from './send-draft.ts';
import { showNumber, useShell } from './shell.ts';

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
  return (
    <section class="bench-part">
      <h2>{t('watchlist.preview')}</h2>
      <p>
        <button type="button" disabled={!isGood || state === 'busy'} onClick={run}>
          {t(state === 'busy' ? 'shell.loading' : 'watchlist.previewRun')}
        </button>
      </p>
      {state instanceof Error && <p class="bad">{state.message}</p>}
      {preview !== null && (
        <div role="status">
          <p class="hint">
            {t('watchlist.previewed', { n: n(preview.articles), most: n(preview.sample) })}
          </p>
          {preview.gained.length + preview.lost.length === 0 && <p>{t('watchlist.same')}</p>}
          {(['gained', 'lost'] as const).map(
            (which) =>
              preview[which].length > 0 && (
                <details key={which} open>
                  <summary>{t(`watchlist.${which}`, { n: n(preview[which].length) })}</summary>
                  <AlertList alerts={preview[which]} />
                </details>
              ),
          )}
        </div>
      )}
    </section>
  );
}

function AlertList({ alerts }: { readonly alerts: readonly PreviewedAlert[] }) {
  const { t } = useShell();
  return (
    <ul class="previewed">
      {alerts.map(({ id, rule, title, topic, status, sentence }) => (
        <li key={`${id} ${rule}`}>
          <TopicChip topic={topic} status={status} />
          <strong dir={directionOf(title)}>{inert(title) || t('feed.untitled')}</strong>
          <span dir={directionOf(sentence)}>{inert(sentence)}</span>
        </li>
      ))}
    </ul>
  );
}
