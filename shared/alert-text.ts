import type { AlertMessage } from './alert.ts';
import { type AlertLanguage, LABELS, type Labels } from './alert-labels.ts';
import { clip } from './clip.ts';
import type { TopicTitle } from './event.ts';
import { isolate, paragraph, plain } from './isolate.ts';
import type { StoredParty } from './record.ts';

/** A topic for people: the rule's own title, else its slug in words. */
export function topicName(topic: string, title: TopicTitle, language: AlertLanguage): string {
  return title[language] ?? spoken(topic);
}

/** `weapons-request` as `Weapons request`. */
const spoken = (slug: string) => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');

/** A line that holds more names than this is not read. */
const MAX_NAMES = 2;

/** `Haftar → Russia`: who to whom. @param name how a party is written there. */
export function whoToWhom(
  { source, target }: Pick<AlertMessage['event'], 'source' | 'target'>,
  { arrow, comma, somebody }: Pick<Labels, 'arrow' | 'comma' | 'somebody'>,
  name: (party: StoredParty) => string,
): string {
  const side = (all: readonly StoredParty[]) => {
    const names = [...new Set(all.map(name))];
    const more = names.length > MAX_NAMES ? ` +${names.length - MAX_NAMES}` : '';
    return names.length === 0 ? somebody : names.slice(0, MAX_NAMES).join(comma) + more;
  };
  return `${side(source)} ${arrow} ${side(target)}`;
}

/** In English a known actor goes by its id, since the text may be in any language; in Arabic by its words. */
const nameIn = (language: AlertLanguage) => (party: StoredParty) =>
  language === 'en' && party.id !== null ? spoken(party.id) : party.text;

/** `Weapons request: Haftar → Russia (reported)`. */
function headline(
  message: AlertMessage,
  language: AlertLanguage,
  name: (party: StoredParty) => string,
): string {
  const words = LABELS[language];
  const { rule, event, update } = message;
  const topic = topicName(rule.topic, rule.title, language);
  const line = `${topic}: ${whoToWhom(event, words, name)} (${words.status[event.status]})`;
  return update === null ? line : `${words.update}: ${line}`;
}

/** SNS takes subjects of at most 99 characters, without line breaks or controls. */
const MAX_SUBJECT = 99;

/** The e-mail's subject: one line, under 100 characters. */
export function alertSubject(message: AlertMessage, language: AlertLanguage): string {
  const severity = LABELS[language].severity[message.rule.severity];
  return clip(
    plain(`[${severity}] ${headline(message, language, nameIn(language))}`).trim(),
    MAX_SUBJECT,
  );
}

/** A subject in printable ASCII, for where nothing else is taken. */
export function asciiSubject(subject: string): string {
  const ascii = subject.replaceAll('→', '->').replaceAll(/[^\x20-\x7E]+/g, '?');
  return ascii.length <= MAX_SUBJECT ? ascii : `${ascii.slice(0, MAX_SUBJECT - 3)}...`;
}

/** The e-mail that a person reads: who did what to whom, whether it happened, the sentence, where it stands. */
export function alertEmail(message: AlertMessage, language: AlertLanguage): string {
  const words = LABELS[language];
  const name = nameIn(language);
  const { rule, event, article, story, update } = message;
  const line = (label: string, value: string) => `${label}: ${value}`;
  const { bucket, key, versionId } = article.s3;
  const copies = story.articles - 1;
  return [
    headline(message, language, (party) => isolate(name(party))),
    ...(update === null
      ? []
      : [
          line(words.before, update.was.map((status) => words.status[status]).join(words.comma)),
          line(words.firstAlert, update.first),
        ]),
    ...(message.replayed ? [words.replayed] : []),
    '',
    paragraph(event.sentence),
    '',
    ...(event.attribution === null ? [] : [line(words.says, isolate(event.attribution))]),
    ...(article.title === '' ? [] : [line(words.headline, isolate(article.title))]),
    line(words.source, isolate(article.source ?? article.site)),
    line(words.published, article.publishedAt ?? words.undated),
    ...(copies > 0 ? [line(words.othersLabel, words.others(story.sources, copies))] : []),
    ...(article.url === null ? [] : [line(words.link, article.url)]),
    line(
      words.file,
      isolate(`s3://${bucket}/${key}`) +
        (versionId === null ? '' : ` (${words.version} ${versionId})`),
    ),
    line(
      words.rule,
      `${rule.id}@${rule.version}, ${words.confidence} ${event.confidence.toFixed(2)}`,
    ),
    line(words.alert, message.alertId),
    '',
    ...footer(words, `--topic ${rule.topic} --severity ${rule.severity} --status ${event.status}`),
  ].join('\n');
}

/** How to get fewer of these, and none. */
export function footer(words: Pick<Labels, 'narrow' | 'leave'>, filter: string): string[] {
  return [
    `${words.narrow}: npx rasid subscribe email YOU ${filter}`,
    `${words.leave}: npx rasid unsubscribe YOU`,
  ];
}

/** An SMS is 70 letters a part once it holds Arabic; two parts are read, more are not. */
const MAX_SMS = 140;

/** One line for a phone. */
export function alertSms(message: AlertMessage, language: AlertLanguage): string {
  return clip(plain(headline(message, language, nameIn(language))), MAX_SMS);
}
