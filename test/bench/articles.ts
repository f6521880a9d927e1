/** A random number generator with a seed (mulberry32): the same articles in every run, on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WHO = [
  'البلدية',
  'الوزارة',
  'الهيئة',
  'الجامعة',
  'المحكمة',
  'النقابة',
  'الغرفة التجارية',
  'الشركة',
  'المستشفى',
  'اللجنة',
];
const DID = ['أعلنت', 'أوضحت', 'نشرت', 'ناقشت', 'قررت', 'افتتحت', 'راجعت', 'نظمت', 'أطلقت', 'درست'];
const WHAT = [
  'خطة جديدة',
  'نتائج الموسم',
  'برنامجا للتدريب',
  'مشروع الميزانية',
  'حملة للتوعية',
  'جدول الامتحانات',
  'معرضا للكتاب',
  'إجراءات إضافية',
  'أسعار الخدمات',
  'تقريرا مفصلا',
];
const WHERE = [
  'في المدينة القديمة',
  'شمال البلاد',
  'في الأسواق المحلية',
  'على الطريق الساحلي',
  'في الأحياء الجنوبية',
  'بعد أسابيع من الانتظار',
  'خلال العام الجاري',
  'وفق جدول زمني محدد',
  'بمشاركة مئات المتطوعين',
  'بالتعاون مع السكان',
];
const REST = [
  'وقال السكان إن الخدمات تحسنت تدريجيا منذ بداية السنة',
  'ويتوقع خبراء الاقتصاد نموا معتدلا في الربع المقبل',
  'وشهدت المنطقة أمطارا غزيرة وانخفاضا في درجات الحرارة',
  'ولم تذكر المصادر تفاصيل إضافية عن حجم التمويل',
];
const EVENTS = [
  'وصل وزير الدفاع السوداني إلى موسكو في زيارة رسمية تستمر يومين.',
  'زار رئيس الحكومة الليبية أنقرة والتقى نظيره التركي.',
  'طلبت الحكومة في مالي من روسيا تزويدها بطائرات مسيرة وذخائر.',
  'استقبل الرئيس المصري في القاهرة وفدا عسكريا يمنيا.',
];

export interface MadeArticle {
  readonly title: string;
  readonly body: string;
}

/**
 * Articles like the day's: about `bytes` of UTF-8 each, in paragraphs of a few sentences; `share` of them tell one event
 * of the default watchlist. No two are the same.
 */
export function makeArticles(
  count: number,
  { seed = 1, bytes = 4_500, share = 0.02 }: { seed?: number; bytes?: number; share?: number } = {},
): MadeArticle[] {
  const random = seeded(seed);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] as string;
  const number = () => Math.floor(random() * 90_000);
  const sentence = () =>
    `${pick(DID)} ${pick(WHO)} ${pick(WHAT)} ${pick(WHERE)} بقيمة ${number()} دينار، ${pick(REST)}.`;
  return Array.from({ length: count }, (_, i) => {
    const paragraphs: string[] = [];
    let size = 0;
    while (size < bytes) {
      const paragraph = `${sentence()} ${sentence()}`;
      size += Buffer.byteLength(paragraph);
      paragraphs.push(paragraph);
    }
    // Bresenham's way of spreading: exactly the share, evenly.
    if (Math.floor((i + 1) * share) > Math.floor(i * share))
      paragraphs.splice(1, 0, `${pick(EVENTS)} ${sentence()}`);
    return {
      title: `${pick(DID)} ${pick(WHO)} ${pick(WHAT)} رقم ${i}`,
      body: paragraphs.join('\n\n'),
    };
  });
}
