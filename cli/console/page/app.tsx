import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { About } from '../api.ts';
import { ask, useAsked, useLive } from './connection.ts';
import { DropView } from './drop.tsx';
import { droppings } from './droppings.ts';
import { FeedView } from './feed.tsx';
import { HealthView } from './health.tsx';
import { Icon } from './icons.tsx';
import { START, usePlace, VIEWS } from './place.ts';
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
  const isDark = useDark(theme);
  const about = useAsked('about', (signal) => ask<About>('about', {}, { signal }));
  const [place, go] = usePlace();

  useEffect(() => {
    const { documentElement: root } = document;
    root.lang = ui;
    root.dir = ui === 'ar' ? 'rtl' : 'ltr';
    document.title = say(ui, 'brand');
  }, [ui]);
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

/** Whether the page is dark now, by the person's choice or the system's. */
function useDark(theme: string): boolean {
  const [system] = useState(() => matchMedia('(prefers-color-scheme: dark)'));
  const [isSystemDark, setSystemDark] = useState(system.matches);
  useEffect(() => {
    const changed = () => setSystemDark(system.matches);
    system.addEventListener('change', changed);
    return () => system.removeEventListener('change', changed);
  }, [system]);
  return theme === 'system' ? isSystemDark : theme === 'dark';
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
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    droppings.add(files);
    go({ ...START, view: 'drop' });
  };
  return (
    // Files may be dropped anywhere; the view to drop them has a button for the keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing to press here
    <div class="frame" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <a class="skip" href="#content">
        {t('nav.skip')}
      </a>
      <header class="top">
        <strong class="brand">{t('brand')}</strong>
        <bdi class="target">{about.target}</bdi>
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
        {children}
      </main>
    </div>
  );
}

function LiveLight() {
  const { t } = useShell();
  const state = useLive(useCallback(() => {}, []));
  return (
    <span class={`live live-${state}`} role="status">
      {t(state === 'live' ? 'shell.live' : 'shell.lost')}
    </span>
  );
}

function Navigation() {
  const { t, place, go } = useShell();
  return (
    <nav class="rail" aria-label={t('nav.label')}>
      {VIEWS.map((view) => (
        <button
          type="button"
          key={view}
          aria-current={place.view === view ? 'page' : undefined}
          onClick={() => go({ ...START, view })}
        >
          <Icon name={view} />
          <span>{t(`nav.${view}`)}</span>
        </button>
      ))}
    </nav>
  );
}
