import { useRef } from 'preact/hooks';
import type { MemberFate } from '../api.ts';
import { directionOf, inert } from './direction.ts';
import { type DroppedFile, droppings, useDroppings } from './droppings.ts';
import { Happenings } from './feed-line.tsx';
import { Icon, type IconName } from './icons.tsx';
import { START } from './place.ts';
import { adviceIn, reasonIn } from './refusals.ts';
import { type Shell, useShell } from './shell.ts';
import { Failed } from './sorry.tsx';

/** Where files are handed in, and what becomes of each. */
export function DropView() {
  const { t } = useShell();
  const input = useRef<HTMLInputElement>(null);
  const files = useDroppings();
  return (
    <div class="sheet">
      <div class="drop-zone">
        <Icon name="drop" />
        <h1>{t('drop.title')}</h1>
        <p class="hint">{t('drop.hint')}</p>
        <button type="button" class="main" onClick={() => input.current?.click()}>
          {t('drop.choose')}
        </button>
        <input
          ref={input}
          class="unseen"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t('drop.choose')}
          onChange={({ currentTarget }) => {
            const chosen = [...(currentTarget.files ?? [])];
            droppings.add(chosen.map((file) => ({ name: file.name, file })));
            currentTarget.value = '';
          }}
        />
      </div>
      <ul class="dropped-files" aria-label={t('drop.files')} aria-live="polite">
        {files.map((file) => (
          <DroppedFileLine key={file.ticket} file={file} />
        ))}
      </ul>
    </div>
  );
}

function DroppedFileLine({ file }: { readonly file: DroppedFile }) {
  const { t, language } = useShell();
  const { ticket, name, step, fate, error } = file;
  const isLate = fate?.isSettled && fate.members.every(({ kind }) => kind === 'read');
  return (
    <li class={`dropped-file ${step === 'error' ? 'refused' : ''}`}>
      <div class="dropped-head">
        <p class="dropped-name">
          <bdi>{inert(name)}</bdi>
        </p>
        {step !== 'error' && <Steps file={file} />}
      </div>
      {error === 'too-large' && <Told icon="warning" says={t('drop.tooLarge')} bad />}
      {error instanceof Error && (
        <p class="told">
          <Failed language={language} error={error} />
          <button type="button" onClick={() => droppings.again(ticket)}>
            {t('shell.retry')}
          </button>
        </p>
      )}
      {isLate && <Told icon="feed" says={t('drop.slow')} />}
      {!isLate &&
        fate?.members.map((member, i) => (
          // The members of a file keep their places.
          <MemberLine key={i} member={member} />
        ))}
    </li>
  );
}

const STEPS = ['uploaded', 'read', 'classified', 'settled'] as const;
/** Of a file that is no article. */
const REFUSED = ['uploaded', 'refused'] as const;

/** How far a file is: as many of the steps as are done. */
function Steps({ file: { step, fate } }: { readonly file: DroppedFile }) {
  const { t } = useShell();
  const members = fate?.members ?? [];
  const isRefused = members.length > 0 && members.every(({ kind }) => kind === 'quarantined');
  const done = {
    refused: isRefused,
    uploaded: step === 'uploaded' || fate !== null,
    read: members.length > 0,
    classified: members.length > 0 && members.every(({ kind }) => kind !== 'read'),
    settled: fate?.isSettled === true,
  };
  return (
    <ol class="steps" aria-label={t('drop.steps')}>
      {(isRefused ? REFUSED : STEPS).map((name) => (
        <li
          key={name}
          class={done[name] ? `done step-${name}` : ''}
          aria-current={done[name] ? 'step' : undefined}
        >
          <Icon name={name === 'refused' ? 'warning' : done[name] ? 'check' : 'dot'} />
          {t(`step.${name}`)}
        </li>
      ))}
    </ol>
  );
}

function MemberLine({ member }: { readonly member: MemberFate }) {
  const shell = useShell();
  const { t, go, language } = shell;
  switch (member.kind) {
    case 'read':
      return (
        <div class="dropped-article">
          {member.title && <strong dir={directionOf(member.title)}>{inert(member.title)}</strong>}
          <Told icon="feed" says={t('drop.read')} />
        </div>
      );
    case 'ignored':
      return <Told icon="muted" says={t('drop.ignored')} />;
    case 'quarantined':
      return (
        <>
          <Told
            icon="warning"
            says={t('drop.quarantined', { reason: reasonIn(language, member.reason) })}
            bad
          />
          <p class="hint" dir="auto">
            {inert(adviceIn(language, member.reason, member.advice))}
          </p>
        </>
      );
    case 'stored': {
      const { row } = member;
      const title = inert(row.title) || t('feed.untitled');
      return (
        <div class="dropped-article">
          <button
            type="button"
            class="plain"
            onClick={() => go({ ...START, article: row.id })}
            dir={directionOf(title)}
          >
            {title}
          </button>
          {row.statuses.length > 0 && (
            <span class="chips">
              <Happenings row={row} />
            </span>
          )}
          <Told {...tellingOf(shell, member)} />
        </div>
      );
    }
  }
}

function tellingOf(
  { t }: Shell,
  { row, isCopy }: Extract<MemberFate, { kind: 'stored' }>,
): { readonly icon: IconName; readonly says: string; readonly bad?: boolean } {
  if (isCopy) return { icon: 'check', says: t('drop.copy') };
  switch (row.alert) {
    case 'SENT':
      return { icon: 'bell', says: t('drop.alerted') };
    case 'PENDING':
      return { icon: 'feed', says: t('drop.pending') };
    case 'SUPPRESSED':
      return { icon: 'muted', says: t('drop.suppressed') };
    case 'FAILED':
      return { icon: 'warning', says: t('drop.failed'), bad: true };
    case null:
      return {
        icon: 'check',
        says: t(row.topics.length === 0 ? 'drop.quiet' : 'drop.found'),
      };
  }
}

interface ToldProps {
  readonly icon: IconName;
  readonly says: string;
  readonly bad?: boolean;
}

function Told({ icon, says, bad = false }: ToldProps) {
  return (
    <p class={`told ${bad ? 'bad' : ''}`}>
      <Icon name={icon} />
      {says}
    </p>
  );
}
