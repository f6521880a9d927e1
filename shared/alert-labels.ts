import type { Severity, Status } from './event.ts';

export type AlertLanguage = 'en' | 'ar';

/** The words around an alert, in one language. */
export interface Labels {
  readonly status: Readonly<Record<Status, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  /** From who to whom, as the line runs. */
  readonly arrow: string;
  readonly comma: string;
  readonly somebody: string;
  readonly update: string;
  readonly before: string;
  readonly firstAlert: string;
  readonly says: string;
  readonly headline: string;
  readonly source: string;
  readonly published: string;
  readonly undated: string;
  readonly othersLabel: string;
  readonly others: (sources: number, articles: number) => string;
  readonly link: string;
  readonly file: string;
  readonly version: string;
  readonly rule: string;
  readonly confidence: string;
  readonly alert: string;
  readonly replayed: string;
  readonly narrow: string;
  readonly leave: string;
  readonly summary: (count: number, topic: string) => string;
  readonly summaryWhy: (minutes: number) => string;
  readonly more: (count: number) => string;
  readonly digest: (alerts: number, from: string, to: string) => string;
  readonly columns: readonly [string, string, string, string, string];
}

export const LABELS: Readonly<Record<AlertLanguage, Labels>> = {
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
    severity: { low: 'LOW', notice: 'NOTICE', high: 'HIGH', critical: 'CRITICAL' },
    arrow: '→',
    comma: ', ',
    somebody: 'somebody',
    update: 'Update',
    before: 'You were told before',
    firstAlert: 'First alert',
    says: 'Who says so',
    headline: 'Headline',
    source: 'Source',
    published: 'Published',
    undated: 'no date given',
    othersLabel: 'Also reported by',
    others: (sources, articles) =>
      `${articles} other ${articles === 1 ? 'article' : 'articles'} (${sources} ${sources === 1 ? 'source' : 'sources'} in all)`,
    link: 'Link',
    file: 'File',
    version: 'version',
    rule: 'Rule',
    confidence: 'confidence',
    alert: 'Alert',
    replayed: 'From the archive: this is a replay, not news of today.',
    narrow: 'Fewer of these: subscribe again with a narrower filter, for instance',
    leave: 'None of these: use the unsubscribe link at the end of this e-mail, or',
    summary: (count, topic) => `${count} more: ${topic}`,
    summaryWhy: (minutes) =>
      `More alerts by this rule than a person reads, within ${minutes} minutes: here they are together.`,
    more: (count) => `... and ${count} more (rasid alerts shows them all)`,
    digest: (alerts, from, to) =>
      `${alerts} ${alerts === 1 ? 'alert' : 'alerts'} from ${from} to ${to}`,
    columns: ['Topic', 'New', 'Updated', 'Copies', 'Not sent'],
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
    severity: { low: 'منخفض', notice: 'تنبيه', high: 'مهم', critical: 'عاجل' },
    arrow: '←',
    comma: '، ',
    somebody: 'جهة غير مسماة',
    update: 'تحديث',
    before: 'أبلغت سابقا بأنه',
    firstAlert: 'التنبيه الأول',
    says: 'بحسب',
    headline: 'العنوان',
    source: 'المصدر',
    published: 'تاريخ النشر',
    undated: 'غير مذكور',
    othersLabel: 'ورد أيضا في',
    others: (sources, articles) => `مقالات أخرى: ${articles} (عدد المصادر: ${sources})`,
    link: 'الرابط',
    file: 'الملف',
    version: 'النسخة',
    rule: 'القاعدة',
    confidence: 'الثقة',
    alert: 'التنبيه',
    replayed: 'من الأرشيف: إعادة معالجة وليس خبرا جديدا.',
    narrow: 'لتصلك تنبيهات أقل اشترك ثانية بمرشح أضيق، مثلا',
    leave: 'لإيقافها كلها استخدم رابط إلغاء الاشتراك في آخر هذه الرسالة، أو',
    summary: (count, topic) => `${topic}: ${count} تنبيهات أخرى`,
    summaryWhy: (minutes) =>
      `تنبيهات هذه القاعدة خلال ${minutes} دقائق أكثر مما يقرأ واحدا واحدا، وهذه هي مجتمعة.`,
    more: (count) => `... و${count} غيرها (تجدها كلها بالأمر rasid alerts)`,
    digest: (alerts, from, to) => `عدد التنبيهات من ${from} إلى ${to}: ${alerts}`,
    columns: ['الموضوع', 'جديد', 'محدث', 'مكرر', 'لم يرسل'],
  },
};
