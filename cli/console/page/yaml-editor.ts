import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Problem } from '../../../shared/watchlist/problem.ts';
import { completionsAt, type Schema } from './yaml-completion.ts';

export interface YamlEditor {
  text(): string;
  replace(text: string): void;
  show(problems: readonly Problem[]): void;
  goTo(line: number): void;
  destroy(): void;
}

interface YamlEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly schema: Schema;
  changed(text: string): void;
}

/** Lets the editor's style sheets past the content policy. */
const nonce = () =>
  document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

/** The page's own colours. */
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--topic-0)' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--topic-1)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator], color: 'var(--soft)' },
]);

const LOOK = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--sheet)', color: 'var(--ink)' },
  '.cm-scroller': {
    fontFamily: '"Vazirmatn Arabic", ui-monospace, "DejaVu Sans Mono", monospace',
    fontSize: '13.5px',
    lineHeight: '1.65',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--ground)',
    color: 'var(--soft)',
    borderColor: 'var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--sheet)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink)',
  },
});

/** An editor for a watchlist: completes by its schema, underlines what is wrong. */
export function yamlEditor(options: YamlEditorOptions): YamlEditor {
  const complete = (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\w.-]*/);
    const found = completionsAt(context.state.doc.toString(), context.pos, options.schema);
    if (found.length === 0 || (word?.text === '' && !context.explicit)) return null;
    return {
      from: word?.from ?? context.pos,
      options: found.map(({ label, isKey }) => ({
        label,
        type: isKey ? 'property' : 'enum',
        apply: isKey ? `${label}: ` : label,
      })),
      validFor: /^[\w.-]*$/,
    };
  };
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        // A line of Arabic in a structure of Latin keys: each line by itself, the keys where they belong.
        EditorView.perLineTextDirection.of(false),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': options.label, dir: 'ltr' }),
        yaml(),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [complete] }),
        // Escape, then Tab leaves the editor: so says its documentation, and so it must be for the keyboard.
        keymap.of([
          ...completionKeymap,
          ...lintKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
        LOOK,
        EditorView.cspNonce.of(nonce()),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) options.changed(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    show(problems) {
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((one) => diagnosticOf(view, one)),
        ),
      );
    },
    goTo(number) {
      const line = view.state.doc.line(Math.min(number, view.state.doc.lines));
      view.dispatch({ selection: { anchor: line.from }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function diagnosticOf(view: EditorView, { line, column, message, hint }: Problem): Diagnostic {
  const at = view.state.doc.line(Math.min(line, view.state.doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  const word = /^[^\s:,\]}]*/.exec(view.state.sliceDoc(from, at.to))?.[0].length ?? 0;
  const to = Math.max(Math.min(from + word, at.to), Math.min(from + 1, at.to));
  return { from, to, severity: 'error', message: hint === '' ? message : `${message}\n${hint}` };
}
