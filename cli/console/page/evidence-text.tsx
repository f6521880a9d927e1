import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { articleText } from '../../../shared/article.ts';
import type { StoredEvent } from '../../../shared/record.ts';
import type { ArticleText, ArticleView } from '../api.ts';
import { directionOf, inert } from './direction.ts';
import { WhoToWhom } from './events-table.tsx';
import { type Piece, paragraphsOf, piecesOf } from './evidence.ts';
import { TopicChip } from './feed-line.tsx';
import { topicColour, useShell } from './shell.ts';

/** What a person points at: the events of one piece, and where it stands on the screen. */
interface Pointed {
  readonly events: readonly number[];
  readonly piece: number;
  readonly at: HTMLElement;
}

interface EvidenceTextProps {
  readonly view: Pick<ArticleView, 'record' | 'marks'>;
  readonly text: Pick<ArticleText, 'title' | 'body'>;
}

/** The cleaned text with its evidence marked; who does what to whom is told where one points or tabs to. */
export function EvidenceText({ view: { record, marks }, text }: EvidenceTextProps) {
  const { t } = useShell();
  const whole = articleText(text);
  const body = whole.length - text.body.length;
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const leaving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const point = (to: Pointed | null) => {
    clearTimeout(leaving.current);
    setPointed(to);
  };
  const leave = () => {
    clearTimeout(leaving.current);
    // Long enough to move onto the note, which may be longer than a glance.
    leaving.current = setTimeout(() => setPointed(null), 200);
  };
  const paragraphs = [
    ...(marks.some(({ start }) => start < body) ? [{ from: 0, to: text.title.length }] : []),
    ...paragraphsOf(whole, body),
  ];
  return (
    <section
      class="evidence-text"
      lang={record.lang}
      aria-label={t('article.text')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || pointed === null) return;
        event.stopPropagation();
        point(null);
      }}
    >
      {paragraphs.map(({ from, to }) => (
        <p
          key={from}
          dir={directionOf(whole.slice(from, to))}
          class={from === 0 && body > 0 ? 'headline' : undefined}
        >
          {piecesOf(whole, marks, from, to).map((piece) => (
            <PieceOfText
              key={piece.start}
              piece={piece}
              record={record}
              isPointed={pointed?.piece === piece.start}
              point={(at) => point({ events: piece.events, piece: piece.start, at })}
              leave={leave}
            />
          ))}
        </p>
      ))}
      {pointed !== null && (
        <EvidenceNote
          pointed={pointed}
          events={pointed.events.flatMap((i) => record.events[i] ?? [])}
          stay={() => clearTimeout(leaving.current)}
          leave={leave}
        />
      )}
    </section>
  );
}

interface PieceProps {
  readonly piece: Piece;
  readonly record: EvidenceTextProps['view']['record'];
  readonly isPointed: boolean;
  point(at: HTMLElement): void;
  leave(): void;
}

function PieceOfText({ piece, record, isPointed, point, leave }: PieceProps) {
  const { about } = useShell();
  const text = inert(piece.text);
  const event = record.events[piece.events[0] ?? -1];
  if (event === undefined) return text;
  return (
    <mark
      class={`topic-${topicColour(about, event.topic)} is-${event.status}`}
      data-events={piece.events.join(' ')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its note must be reached by the keyboard too
      tabIndex={0}
      aria-describedby={isPointed ? 'evidence-note' : undefined}
      onMouseEnter={({ currentTarget }) => point(currentTarget)}
      onFocus={({ currentTarget }) => point(currentTarget)}
      onMouseLeave={leave}
      onBlur={leave}
    >
      {text}
    </mark>
  );
}

interface NoteProps {
  readonly pointed: Pointed;
  readonly events: readonly StoredEvent[];
  stay(): void;
  leave(): void;
}

/** Pixels between the note and the edge of the window. */
const MARGIN = 8;

function EvidenceNote({ pointed, events, stay, leave }: NoteProps) {
  const { t } = useShell();
  const note = useRef<HTMLDivElement>(null);
  // It moves with what is pointed at.
  useLayoutEffect(() => {
    const element = note.current;
    if (element === null) return;
    const at = pointed.at.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    const left = Math.min(at.left, innerWidth - width - MARGIN);
    const isBelow = at.bottom + height + MARGIN < innerHeight;
    element.style.left = `${Math.max(MARGIN, left)}px`;
    element.style.top = `${Math.max(MARGIN, isBelow ? at.bottom : at.top - height)}px`;
  }, [pointed]);
  return (
    <div
      ref={note}
      id="evidence-note"
      class="evidence-note"
      role="tooltip"
      onMouseEnter={stay}
      onMouseLeave={leave}
    >
      {events.map((event) => (
        <div key={`${event.rule} ${event.start}`}>
          <p>
            <TopicChip topic={event.topic} status={event.status} />
          </p>
          <p>
            <WhoToWhom event={event} />
          </p>
          {event.attribution !== null && (
            <p class="hint">
              {t('event.attribution')}: <bdi>{inert(event.attribution)}</bdi>
            </p>
          )}
          <p class="hint">
            <bdi>{`${event.rule}@${event.ruleVersion}`}</bdi> · {Math.round(event.confidence * 100)}
            %
          </p>
        </div>
      ))}
    </div>
  );
}
