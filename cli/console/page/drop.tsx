import { useRef } from 'preact/hooks';
import type { MemberFate } from '../api.ts';
import { directionOf, inert } from './direction.ts';
import { type DroppedFile, droppings, useDroppings } from './droppings.ts';
import { Happenings } from './feed-line.tsx';
import { Icon, type IconName } from './icons.tsx';
import { START } from './place.ts';
import { type Shell, useShell } from './shell.ts';

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
            droppings.add([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
      </div>
      <ul class="dropped-files" aria-label={t('drop.files')} aria-live="polite">
        {files.map((file) => (
          <DroppedFileLine key={file.number} file={file} />
        ))}
      </ul>
    </div>
  );
}

function DroppedFileLine({ file }: { readonly file: DroppedFile }) {
  const { t } = useShell();
  const { name, step, fate, error } = file;
  const members = fate?.members ?? [];
  const isWaiting = members.length === 0 || members.every(({ kind }) => kind === 'waiting');
  return (
    <li class={`dropped-file step-${step}`}>
      <p class="dropped-name">
        <bdi>{inert(name)}</bdi>
      </p>
      {step === 'error' && <Told icon="warning" says={t('drop.error', { why: error ?? '' })} bad />}
      {step !== 'error' && isWaiting && (
        <Told icon="feed" says={t(step === 'done' ? 'drop.found' : `drop.${step}`)} />
      )}
      {!isWaiting &&
        members.map((member, i) => (
          // The members of a file keep their places.
          <MemberLine key={i} member={member} />
        ))}
    </li>
  );
}

function MemberLine({ member }: { readonly member: MemberFate }) {
  const shell = useShell();
  const { t, go } = shell;
  switch (member.kind) {
    case 'waiting':
      return <Told icon="feed" says={t('drop.uploaded')} />;
    case 'ignored':
      return <Told icon="muted" says={t('drop.ignored')} />;
    case 'quarantined':
      return (
        <>
          <Told icon="warning" says={t('drop.quarantined', { reason: member.reason })} bad />
          <p class="hint" dir="ltr">
            {inert(member.advice)}
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
          <span class="chips">
            <Happenings row={row} />
          </span>
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
