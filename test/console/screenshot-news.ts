/** Invented news for the pictures of the console. */
export interface PictureNews {
  readonly daysAgo: number;
  readonly source: string;
  readonly text: string;
}

const ALOFOQ = 'شبكة الأفق';
const ALMARSAD = 'مرصد الساحل';
const GAZETTE = 'Harbour Gazette';

/** Oldest first. */
export const PICTURE_NEWS: readonly PictureNews[] = [
  [
    12,
    ALOFOQ,
    'وزير الدفاع المالي يزور موسكو الأسبوع المقبل',
    'يزور وزير الدفاع المالي موسكو الأسبوع المقبل لبحث التعاون العسكري، وفق بيان للوزارة صدر مساء الأحد.',
  ],
  [
    12,
    GAZETTE,
    'Chadian delegation asks Ankara for armed drones',
    'A Chadian delegation has asked Turkey for armed drones and spare parts, two officials said on Monday.',
  ],
  [
    10,
    ALMARSAD,
    'الرئيس السنغالي يصل إلى باريس في زيارة رسمية',
    'وصل الرئيس السنغالي إلى باريس صباح الثلاثاء في زيارة رسمية تستمر يومين يلتقي خلالها عددا من المسؤولين.',
  ],
  [
    10,
    ALOFOQ,
    'النيجر تطلب من موسكو منظومات دفاع جوي',
    'طلبت النيجر من روسيا تزويدها بمنظومات دفاع جوي وذخائر، بحسب مصدر في وزارة الدفاع.',
  ],
  [
    10,
    'Вестник Залива',
    'Министр обороны Мали посетит Москву',
    'Министр обороны Мали посетит Москву на следующей неделе, сообщили в министерстве.',
  ],
  [
    8,
    ALMARSAD,
    'الخارجية اليمنية تنفي زيارة الوزير إلى طهران',
    'نفت وزارة الخارجية اليمنية صحة الأنباء التي تحدثت عن زيارة الوزير إلى طهران، وقالت إنه لم يغادر العاصمة.',
  ],
  [
    8,
    GAZETTE,
    'Sudanese general visits Cairo for talks on border security',
    'A senior Sudanese general visited Cairo on Thursday for talks on border security, the army said.',
  ],
  [
    6,
    ALOFOQ,
    'العراق يطلب من باريس رادارات بعيدة المدى',
    'طلب العراق من فرنسا تزويده برادارات بعيدة المدى وتدريب طواقمها، كما قال مسؤول في بغداد الأربعاء.',
  ],
  [
    6,
    'Le Courrier du Littoral',
    'Le président tchadien se rendra à Ankara en décembre',
    'Le président tchadien se rendra à Ankara en décembre, a annoncé la présidence mercredi.',
  ],
  [
    6,
    ALMARSAD,
    'وزير الخارجية المصري في الدوحة',
    'وصل وزير الخارجية المصري إلى الدوحة مساء الأربعاء في زيارة رسمية.',
  ],
  [
    4,
    ALOFOQ,
    'تأجيل زيارة رئيس الوزراء العراقي إلى أنقرة',
    'أعلن مكتب رئيس الوزراء العراقي تأجيل زيارته إلى أنقرة إلى موعد يحدد لاحقا.',
  ],
  [
    4,
    ALMARSAD,
    'مالي تطلب من أنقرة طائرات مسيرة',
    'طلبت مالي من تركيا تزويدها بطائرات مسيرة وقطع غيار، وفق مصدر عسكري.',
  ],
  [
    4,
    GAZETTE,
    'Guinea denies asking Moscow for fighter jets',
    'Guinea denied on Friday that it had asked Russia for fighter jets.',
  ],
  [
    2,
    ALOFOQ,
    'وزير الدفاع التركي يصل إلى مقديشو',
    'وصل وزير الدفاع التركي إلى مقديشو مساء السبت في زيارة رسمية تستمر يومين.',
  ],
  [
    2,
    ALMARSAD,
    'معرض للكتاب يستقبل زواره في المدينة القديمة',
    'افتتح معرض للكتاب يضم أعمال مئتي ناشر ويستمر حتى نهاية الشهر مع دخول مجاني للطلبة.',
  ],
  [
    2,
    GAZETTE,
    'Harbour festival draws record crowd',
    'The harbour festival drew a record crowd at the weekend, organisers said, despite the rain.',
  ],
].map(([daysAgo, source, title, body]) => ({
  daysAgo: Number(daysAgo),
  source: String(source),
  text: `${title}\n\n${body}\n`,
}));
