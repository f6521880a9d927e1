import './workbench.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../../shared/watchlist/problem.ts';
import type { Checked, PutAnswer, WatchlistDraft } from '../api.ts';
import { AnswerError, ask, useAsked } from './connection.ts';
import { drafts } from './drafts.ts';
import { Icon } from './icons.tsx';
import { PreviewOf } from './preview.tsx';
import { type PutStep, sendDraft } from './send-draft.ts';
import { showNumber, useShell } from './shell.ts';
import { Failed, Sorry } from './sorry.tsx';
import { TryOut } from './try-out.tsx';
import { Versions } from './versions.tsx';
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
  const [put, setPut] = useState<PutStep>('no');

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
      setPut(isPut ? 'done' : new AnswerError({ error: found[0]?.message ?? '' }));
      if (isPut) reload();
    } catch (error) {
      setPut(error as Error);
    }
  };
  const load = async (versionId: string) =>
    editor.current?.replace(await ask<string>('version', { id: versionId }));
  const toShipped = async () => {
    await ask<null>('shipped', {}, { method: 'POST' });
    const { yaml: starter } = await ask<WatchlistDraft>('watchlist');
    editor.current?.replace(starter);
    reload();
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
          <Versions stored={stored} put={setPut} load={load} toShipped={toShipped} />
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

function PutState({ put }: { readonly put: PutStep }) {
  const { t, language } = useShell();
  return (
    <span role="status" class="hint">
      {put === 'busy' && t('shell.loading')}
      {put === 'done' && t('watchlist.isPut')}
      {put instanceof Error && <Failed language={language} error={put} />}
    </span>
  );
}

function Problems({ checked, goTo }: { readonly checked: Check; goTo(line: number): void }) {
  const { t, language } = useShell();
  if (checked.kind === 'failed')
    return (
      <p class="bench-verdict">
        <Failed language={language} error={checked.error} />
      </p>
    );
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
