import type { AlertMessage } from './alert.ts';
import type { StoredParty } from './record.ts';

export type AlertLanguage = 'en' | 'ar';

/** First-strong isolate and its end: what is inside sets its own direction and cannot turn what is around it. */
const FSI = '\u2068';
const PDI = '\u2069';
/** Characters that could turn or end an isolate from inside, and C0/C1 controls: escape sequences, line breaks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u061C\u2028-\u202E\u2066-\u2069]+/g;

/** A stretch of somebody else's text, made safe to stand inside a line of ours. */
export function isolate(text: string): string {
  return `${FSI}${text.replaceAll(UNSAFE, ' ')}${PDI}`;
}

const LABELS = {
  en: {
    status: {
      asserted: 'reported',
      planned: 'planned',
      cancelled: 'cancelled or postponed',
      denied: 'denied',
      refused: 'refused',
      requested: 'requested',
      hypothetical: 'possible',
    },
    unknown: 'somebody',
    says: 'According to',
    source: 'Source',
    published: 'Published',
    undated: 'no date given',
    object: 'File',
    rule: 'Rule',
    confidence: 'confidence',
    narrow:
      'To get fewer of these: npx rasid subscribe email YOU --topic ... --status asserted (then unsubscribe this one).',
    leave: 'To stop them all, use the unsubscribe link at the end of this e-mail.',
  },
  ar: {
    status: {
      asserted: 'وفق الخبر',
      planned: 'مقرر',
      cancelled: 'ألغي أو أرجئ',
      denied: 'منفي',
      refused: 'مرفوض',
      requested: 'مطلوب',
      hypothetical: 'محتمل',
    },
    unknown: 'جهة غير مسماة',
    says: 'بحسب',
    source: 'المصدر',
    published: 'تاريخ النشر',
    undated: 'غير مذكور',
    object: 'الملف',
    rule: 'القاعدة',
    confidence: 'الثقة',
    narrow:
      'لتصلك تنبيهات أقل: npx rasid subscribe email YOU --topic ... --status asserted (ثم ألغ هذا الاشتراك).',
    leave: 'لإيقافها كلها استخدم رابط إلغاء الاشتراك في آخر هذه الرسالة.',
  },
} as const;

/** `Haftar → Russia`: who to whom, in the words of the text, or by id when `ascii` is asked for. */
function parties({ event }: AlertMessage, nobody: string, name: (party: StoredParty) => string) {
  const side = (all: readonly StoredParty[]) =>
    all.length === 0 ? nobody : all.map(name).join(', ');
  return `${side(event.source)} → ${side(event.target)}`;
}

/** SNS refuses a subject over 99 characters, with line breaks or with anything but printable ASCII. */
const MAX_SUBJECT = 99;

/** The e-mail's subject: printable ASCII, under 100 characters. */
export function alertSubject(message: AlertMessage): string {
  const { rule, event } = message;
  const who = parties(message, '?', ({ id, text }) => title(id ?? text)).replace('→', '->');
  const line = `[${rule.severity.toUpperCase()}] ${title(rule.topic)}: ${who} (${LABELS.en.status[event.status as keyof typeof LABELS.en.status]})`;
  const ascii = line.replaceAll(/[^\x20-\x7E]+/g, '?');
  return ascii.length <= MAX_SUBJECT ? ascii : `${ascii.slice(0, MAX_SUBJECT - 3)}...`;
}

const title = (slug: string) => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');

/** The e-mail that a person reads: who did what to whom, whether it happened, the sentence, where it stands. */
export function alertEmail(message: AlertMessage, language: AlertLanguage): string {
  const words = LABELS[language];
  const { rule, event, article } = message;
  const status = words.status[event.status as keyof typeof words.status];
  const who = parties(message, words.unknown, ({ text }) => isolate(text));
  const said = event.attribution === null ? [] : [`${words.says}: ${isolate(event.attribution)}`];
  const { bucket, key, versionId } = article.s3;
  return [
    `${title(rule.topic)} — ${who} (${status})`,
    '',
    isolate(event.sentence),
    '',
    ...said,
    isolate(article.title),
    `${words.source}: ${isolate(article.source ?? sourceHost(article.url) ?? '?')}`,
    `${words.published}: ${article.publishedAt ?? words.undated}`,
    ...(article.url === null ? [] : [article.url]),
    `${words.object}: ${isolate(`s3://${bucket}/${key}`)}${versionId === null ? '' : ` (version ${versionId})`}`,
    `${words.rule}: ${rule.id}@${rule.version}, ${words.confidence} ${event.confidence.toFixed(2)}`,
    '',
    words.narrow,
    words.leave,
  ].join('\n');
}

const sourceHost = (url: string | null) =>
  url !== null && URL.canParse(url) ? new URL(url).hostname : null;

/** An SMS is 70 letters a part once it holds Arabic; two parts are read, more are not. */
const MAX_SMS = 140;

/** One line for a phone. */
export function alertSms(message: AlertMessage, language: AlertLanguage): string {
  const words = LABELS[language];
  const status = words.status[message.event.status as keyof typeof words.status];
  const who = parties(message, words.unknown, ({ text }) => text.replaceAll(UNSAFE, ' '));
  const line = `${title(message.rule.topic)}: ${who} (${status})`;
  return line.length <= MAX_SMS ? line : `${line.slice(0, MAX_SMS - 1)}…`;
}
