import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { About } from '../api.ts';
import { ask, useAsked } from './connection.ts';
import { DropView } from './drop.tsx';
import { droppings } from './droppings.ts';
import { FeedView } from './feed.tsx';
import { droppedFiles } from './folder-files.ts';
import { HealthView } from './health.tsx';
import { Icon } from './icons.tsx';
import { useLiveness } from './live.ts';
import { useMedia } from './media.ts';
import { addressOf, type Place, START, usePlace, VIEWS } from './place.ts';
import { ShellContext, shellOf, useShell } from './shell.ts';
import { Sorry } from './sorry.tsx';
import { say, type UiLanguage } from './words.ts';

/** What a person set, kept in this browser. */
function useSetting(name: string, start: string): [string, (value: string) => void] {
  const [value, setValue] = useState(() => localStorage.getItem(`rasid.${name}`) ?? start);
  return [
    value,
    (next) => {
      localStorage.setItem(`rasid.${name}`, next);
      setValue(next);
    },
  ];
}

export function App() {
  const [language, setLanguage] = useSetting(
    'language',
    navigator.language.startsWith('ar') ? 'ar' : 'en',
  );
  const ui: UiLanguage = language === 'ar' ? 'ar' : 'en';
  const [theme, setTheme] = useSetting('theme', 'system');
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  const isDark = theme === 'system' ? isSystemDark : theme === 'dark';
  const about = useAsked('about', (signal) => ask<About>('about', {}, { signal }));
  const [place, go] = usePlace();

  useEffect(() => {
    const { documentElement: root } = document;
    root.lang = ui;
    root.dir = ui === 'ar' ? 'rtl' : 'ltr';
    document.title = `${say(ui, `nav.${place.view}`)} · ${say(ui, 'brand')}`;
  }, [ui, place.view]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  if (about.kind === 'failed')
    return <Sorry language={ui} error={about.error} retry={about.retry} />;
  if (about.kind === 'waiting') return <p class="waiting">{say(ui, 'shell.loading')}</p>;
  const shell = shellOf({
    language: ui,
    theme: isDark ? 'dark' : 'light',
    about: about.value,
    place,
    go,
  });
  return (
    <ShellContext.Provider value={shell}>
      <Frame
        otherLanguage={() => setLanguage(ui === 'ar' ? 'en' : 'ar')}
        otherTheme={() => setTheme(isDark ? 'light' : 'dark')}
      >
        <CurrentView />
      </Frame>
    </ShellContext.Provider>
  );
}

function CurrentView() {
  const { place } = useShell();
  switch (place.view) {
    case 'feed':
      return <FeedView />;
    case 'drop':
      return <DropView />;
    case 'health':
      return <HealthView />;
    case 'watchlist':
      return (
        <Later key="watchlist" load={async () => (await import('./workbench.tsx')).WorkbenchView} />
      );
    case 'timeline':
      return (
        <Later key="timeline" load={async () => (await import('./timeline.tsx')).TimelineView} />
      );
  }
}

interface LaterProps {
  load(): Promise<() => ComponentChildren>;
}

/** A view that is heavy, and so is loaded when it is opened. */
function Later({ load }: LaterProps) {
  const { t, language } = useShell();
  const asked = useAsked('view', load);
  if (asked.kind === 'waiting') return <p class="waiting">{t('shell.loading')}</p>;
  if (asked.kind === 'failed')
    return <Sorry language={language} error={asked.error} retry={asked.retry} />;
  const View = asked.value;
  return <View />;
}

interface FrameProps {
  readonly children: ComponentChildren;
  otherLanguage(): void;
  otherTheme(): void;
}

function Frame({ children, otherLanguage, otherTheme }: FrameProps) {
  const { t, about, language, go } = useShell();
  const onDrop = async (event: DragEvent) => {
    event.preventDefault();
    const files = await droppedFiles(event.dataTransfer);
    if (files.length === 0) return;
    droppings.add(files);
    go({ ...START, view: 'drop' });
  };
  return (
    // Files may be dropped anywhere; the view to drop them has a button for the keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing to press here
    <div
      class="frame"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void onDrop(event)}
    >
      <a class="skip" href="#content">
        {t('nav.skip')}
      </a>
      <header class="top">
        <strong class="brand">{t('brand')}</strong>
        <bdi class="target" title={about.target}>
          {about.isLocal ? t('shell.here') : about.target}
        </bdi>
        <LiveLight />
        <button
          type="button"
          class="plain"
          lang={language === 'ar' ? 'en' : 'ar'}
          onClick={otherLanguage}
        >
          {t('shell.language')}
        </button>
        <button
          type="button"
          class="plain icon-only"
          aria-label={t('shell.theme')}
          onClick={otherTheme}
        >
          <Icon name="theme" />
        </button>
      </header>
      <Navigation />
      <main id="content" tabIndex={-1}>
        <LiveNote />
        {children}
      </main>
    </div>
  );
}

function LiveLight() {
  const { t } = useShell();
  const state = useLiveness();
  return (
    <span class={`live live-${state}`} role="status">
      {t(`shell.${state}`)}
    </span>
  );
}

/** What is on the page may be old: why, and what to do. */
function LiveNote() {
  const { t } = useShell();
  const state = useLiveness();
  if (state !== 'lost' && state !== 'ended') return null;
  return (
    <p class="live-note" role="alert">
      <Icon name="warning" />
      {t(`shell.${state}Hint`)}
    </p>
  );
}

function Navigation() {
  const { t, place } = useShell();
  return (
    <nav class="rail" aria-label={t('nav.label')}>
      {VIEWS.map((view) => (
        <Way key={view} to={{ ...START, view }} isHere={place.view === view}>
          <Icon name={view} />
          <span>{t(`nav.${view}`)}</span>
        </Way>
      ))}
    </nav>
  );
}

interface WayProps {
  readonly to: Place;
  readonly isHere: boolean;
  readonly children: ComponentChildren;
}

/** A link that opens on this page, or wherever the person's keys ask for. */
function Way({ to, isHere, children }: WayProps) {
  const { go } = useShell();
  return (
    <a
      href={addressOf(to)}
      aria-current={isHere ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
