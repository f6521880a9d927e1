import { type ArticleRecord, alertOn, type StoredAlert, type StoredEvent } from './record.ts';

/**
 * What is stored of an article, as the watchlist of today sees it. Alerts that were decided stay with the event that
 * they showed; only topics that had none get one.
 */
export function rescored(stored: ArticleRecord, fresh: ArticleRecord): ArticleRecord {
  const events: StoredEvent[] = [...fresh.events];
  const decided = stored.alerts.map((alert): StoredAlert => {
    const shown = stored.events[alert.event];
    if (shown === undefined) return alert;
    const same = events.findIndex(
      ({ rule, start, status }) =>
        rule === shown.rule && start === shown.start && status === shown.status,
    );
    if (same >= 0 && stored.parserVersion === fresh.parserVersion) {
      events[same] = { ...shown, ...events[same], sentence: shown.sentence, title: shown.title };
      return { ...alert, event: same };
    }
    events.push(shown);
    return { ...alert, event: events.length - 1 };
  });
  const isNew = ({ event }: StoredAlert) =>
    alertOn(stored, fresh.events[event]?.topic ?? '') === undefined;
  const added = fresh.alerts.filter(isNew);
  return {
    ...stored,
    labels: fresh.labels,
    events,
    eventsLeftOut: fresh.eventsLeftOut,
    alerts: [...decided, ...added],
    fingerprint: stored.fingerprint ?? fresh.fingerprint,
    parserVersion: fresh.parserVersion,
    watchlistVersion: fresh.watchlistVersion,
  };
}
