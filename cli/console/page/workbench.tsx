import './workbench.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../../shared/watchlist/problem.ts';
import type { Checked, PutAnswer, WatchlistDraft } from '../api.ts';
import { ask, useAsked } from './connection.ts';
import { drafts } from './drafts.ts';
import { Icon } from './icons.tsx';
import { PreviewOf } from './preview.tsx';
import { sendDraft } from './send-draft.ts';
import { showNumber, showTime, useShell } from './shell.ts';
import { Sorry } from './sorry.tsx';
import { TryOut } from './try-out.tsx';
import type { Schema } from './yaml-completion.ts';
import { type YamlEditor, yamlEditor } from './yaml-editor.ts';

/** Typing rests this long before the draft is compiled: it takes a second or two. */
const TYPING_MS = 500;

/** Write a watchlist, see what is wrong, try it, see what it would change, and put it in force. */
export function WorkbenchView() {
  const { t, language } = useShell();
  const asked = useAsked('watchlist', (signal) => ask<WatchlistDraft>('watchlist', {}, { signal }));
  if (asked.kind === 'waiting') return <p class="waiting">{t('shell.loading')}</p>;
  if (asked.kind === 'failed')
    return <Sorry language={language} error={asked.error} retry={asked.retry} />;
  return <Workbench stored={asked.value} reload={asked.retry} />;
}

interface WorkbenchProps {
  readonly stored: WatchlistDraft;
  reload(): void;
}

function Workbench({ stored, reload }: WorkbenchProps) {
  const { t } = useShell();
  const frame = useRef<HTMLDivElement>(null);
  const editor = useRef<YamlEditor | null>(null);
  const [yaml, setYaml] = useState(() => drafts.take() ?? stored.yaml);
  const [start] = useState(yaml);
  const checked = useChecked(yaml);
  const [put, setPut] = useState<'no' | 'busy' | 'done' | Error>('no');

  // The editor is made once; what it shows is its own.
  useEffect(() => {
    if (frame.current === null) return;
    const made = yamlEditor({
      parent: frame.current,
      text: start,
      label: t('watchlist.editor'),
      schema: stored.schema as Schema,
      changed(text) {
        setYaml(text);
        setPut('no');
      },
    });
    editor.current = made;
    return () => made.destroy();
  }, []);
  const problems = checked.kind === 'here' ? checked.value.problems : [];
  useEffect(() => editor.current?.show(problems.filter(isOwn)), [problems]);

  const isGood = checked.kind === 'here' && problems.length === 0;
  const onPut = async () => {
    setPut('busy');
    try {
      const { isPut, problems: found } = await sendDraft<PutAnswer>('put', yaml);
      setPut(isPut ? 'done' : new Error(found[0]?.message ?? '?'));
      if (isPut) reload();
    } catch (error) {
      setPut(error as Error);
    }
  };
  return (
    <div class="workbench">
      <section class="bench-editor" aria-label={t('watchlist.editor')}>
        <div class="bench-bar">
          <button
            type="button"
            class="main"
            disabled={!isGood || put === 'busy' || yaml === stored.yaml}
            onClick={onPut}
          >
            {t('watchlist.put')}
          </button>
          <PutState put={put} />
          <Versions
            stored={stored}
            load={async (versionId) =>
              editor.current?.replace(await ask<string>('version', { id: versionId }))
            }
          />
        </div>
        <div ref={frame} class="editor-frame" dir="ltr" />
        <Problems checked={checked} goTo={(line) => editor.current?.goTo(line)} />
      </section>
      <div class="bench-side">
        <TryOut yaml={yaml} isWritten={checked.kind === 'here'} />
        <PreviewOf yaml={yaml} isGood={isGood} />
      </div>
    </div>
  );
}

/** A mistake of the draft itself, not of what it builds on. */
const isOwn = ({ file }: Pick<Problem, 'file'>) => !file.startsWith('default/');

type Check =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'here'; readonly value: Checked };

/** What is wrong with the draft, once typing rests. */
function useChecked(yaml: string): Check {
  const [check, setCheck] = useState<Check>({ kind: 'waiting' });
  useEffect(() => {
    let isOld = false;
    setCheck({ kind: 'waiting' });
    const wait = setTimeout(() => {
      sendDraft<Checked>('check', yaml).then(
        (value) => isOld || setCheck({ kind: 'here', value }),
        (error: Error) => isOld || setCheck({ kind: 'failed', error }),
      );
    }, TYPING_MS);
    return () => {
      isOld = true;
      clearTimeout(wait);
    };
  }, [yaml]);
  return check;
}

function PutState({ put }: { readonly put: 'no' | 'busy' | 'done' | Error }) {
  const { t } = useShell();
  return (
    <span role="status" class={put instanceof Error ? 'bad' : 'hint'}>
      {put === 'busy' && t('shell.loading')}
      {put === 'done' && t('watchlist.isPut')}
      {put instanceof Error && put.message}
    </span>
  );
}

interface VersionsProps {
  readonly stored: WatchlistDraft;
  load(versionId: string): void;
}

/** An earlier version comes into the editor; putting it rolls back. */
function Versions({ stored, load }: VersionsProps) {
  const { t, language } = useShell();
  if (stored.versions.length === 0) return null;
  return (
    <label class="versions">
      <span>{t('watchlist.versions')}</span>
      <select value="" onChange={({ currentTarget: { value } }) => value !== '' && load(value)}>
        <option value="">{t('watchlist.choose')}</option>
        {stored.versions
          .filter(({ isShipped }) => !isShipped)
          .map(({ versionId, at, isLatest }) => (
            <option key={versionId} value={versionId}>
              {showTime(language, at)} {isLatest ? t('watchlist.current') : ''}
            </option>
          ))}
      </select>
    </label>
  );
}

function Problems({ checked, goTo }: { readonly checked: Check; goTo(line: number): void }) {
  const { t, language } = useShell();
  if (checked.kind === 'failed') return <p class="told bad">{checked.error.message}</p>;
  if (checked.kind === 'waiting')
    return <p class="bench-verdict hint">{t('watchlist.checking')}</p>;
  const { problems, rules } = checked.value;
  if (problems.length === 0)
    return (
      <p class="bench-verdict told" role="status">
        <Icon name="check" />
        {t('watchlist.good', { n: showNumber(language, rules) })}
      </p>
    );
  return (
    <div class="bench-verdict" role="status">
      <p class="told bad">
        <Icon name="warning" />
        {t('watchlist.bad', { n: showNumber(language, problems.length) })}
      </p>
      <ul class="problems">
        {problems.map(({ file, line, column, message, hint }) => (
          <li key={`${file} ${line} ${column} ${message}`} dir="ltr">
            <button
              type="button"
              class="plain"
              disabled={!isOwn({ file })}
              onClick={() => goTo(line)}
            >
              {isOwn({ file }) ? '' : `${file}:`}
              {line}:{column}
            </button>
            <span>
              <bdi>{message}</bdi>
              {hint !== '' && (
                <small>
                  <bdi>{hint}</bdi>
                </small>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
