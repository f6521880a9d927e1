import { useRef } from 'preact/hooks';
import type { WatchlistDraft } from '../api.ts';
import type { PutStep } from './send-draft.ts';
import { showTime, useShell } from './shell.ts';

interface VersionsProps {
  readonly stored: WatchlistDraft;
  /** Hears how it goes. */
  put(step: PutStep): void;
  load(versionId: string): Promise<void>;
  toShipped(): Promise<void>;
}

/** An earlier version comes into the editor, and putting it rolls back; or the one that ships is put at once. */
export function Versions({ stored, put, load, toShipped }: VersionsProps) {
  const { t, language } = useShell();
  const isShipped = stored.versions.find(({ isLatest }) => isLatest)?.isShipped ?? true;
  const own = stored.versions.filter((version) => !version.isShipped);
  if (own.length === 0) return null;
  return (
    <div class="versions">
      <label>
        <span>{t('watchlist.versions')}</span>
        <select
          value=""
          onChange={({ currentTarget: { value } }) => value !== '' && load(value).catch(put)}
        >
          <option value="">{t('watchlist.choose')}</option>
          {own.map(({ versionId, at, isLatest }) => (
            <option key={versionId} value={versionId}>
              {showTime(language, at)} {isLatest ? t('watchlist.current') : ''}
            </option>
          ))}
        </select>
      </label>
      {!isShipped && (
        <ToShipped
          agreed={() => {
            put('busy');
            toShipped().then(() => put('done'), put);
          }}
        />
      )}
    </div>
  );
}

/** Asks first: the person's own is out of force at once. */
function ToShipped({ agreed }: { agreed(): void }) {
  const { t } = useShell();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => dialog.current?.close();
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        {t('watchlist.toShipped')}
      </button>
      <dialog ref={dialog} aria-labelledby="to-shipped">
        <h2 id="to-shipped">{t('watchlist.toShipped')}</h2>
        <p>{t('watchlist.toShippedHint')}</p>
        <p class="dialog-ways">
          <button
            type="button"
            class="main"
            onClick={() => {
              close();
              agreed();
            }}
          >
            {t('watchlist.toShippedDo')}
          </button>
          <button type="button" onClick={close}>
            {t('shell.cancel')}
          </button>
        </p>
      </dialog>
    </>
  );
}
