import { readOne } from './files.ts';

const FIRST =
  'وصل وزير الدفاع إلى العاصمة الروسية صباح اليوم في زيارة رسمية تستغرق يومين، يلتقي خلالها نظيره وعددا من المسؤولين.';
const SECOND =
  'وقالت مصادر في الوزارة إن المحادثات تتناول التعاون بين البلدين، وإن اتفاقا قد يوقع قبل نهاية الشهر الجاري.';
const ENGLISH_FIRST =
  'The defence minister arrived in the Russian capital on Monday morning for a two-day official visit, the ministry said.';
const ENGLISH_SECOND =
  'Sources at the ministry said that the talks would cover cooperation between the two countries over the coming years.';

/** Furniture of many sites, in their words, and the reason under which it is kept. */
test.each([
  ['اقرأ أيضا: روسيا ترسل دفعة جديدة من السلاح إلى ليبيا', 'related-link'],
  ['إقرأ أيضاً | الجيش يطلب أسلحة نوعية', 'related-link'],
  ['اقرأ المزيد: زيارة مفاجئة لوزير الدفاع', 'related-link'],
  ['شاهد أيضاً: لحظة وصول الوفد إلى المطار', 'related-link'],
  ['طالع أيضا: كل ما نعرفه عن صفقة السلاح', 'related-link'],
  ['مواضيع ذات صلة', 'related-link'],
  ['أخبار متعلقة:', 'related-link'],
  ['قد يهمك أيضا', 'related-link'],
  ['الأكثر قراءة', 'most-read'],
  [
    'الأكثر مشاهدة: الرئيس يصل إلى العاصمة | الجيش يطلب دبابات | أسعار الخضار اليوم في الأسواق',
    'most-read',
  ],
  ['آخر الأخبار', 'most-read'],
  ['شارك هذا المقال', 'share'],
  ['شارك على فيسبوك', 'share'],
  ['فيسبوك تويتر واتساب تيليجرام', 'share'],
  ['تابعونا على فيسبوك وتويتر', 'share'],
  ['اترك تعليقاً', 'comment-form'],
  ['لن يتم نشر عنوان بريدك الإلكتروني.', 'comment-form'],
  ['التعليقات (12)', 'comment-form'],
  ['جميع الحقوق محفوظة © 2024', 'copyright'],
  ['نستخدم ملفات تعريف الارتباط لتحسين تجربتك على موقعنا.', 'cookie-notice'],
  ['اشترك في النشرة البريدية', 'subscribe'],
  ['إعلان', 'advertisement'],
  ['الوسوم: روسيا، ليبيا، سلاح', 'tags'],
  ['#روسيا #ليبيا', 'tags'],
  ['المشاهدات: 1520', 'counter'],
  ['https://example.org/x', 'url'],
  ['رابط مختصر', 'navigation'],
])('Arabic: %s', async (line, reason) => {
  const article = await readOne(
    'a.txt',
    `عنوان الخبر هنا كما يكتبه المحرر\n\n${FIRST}\n\n${line}\n\n${SECOND}\n`,
  );
  expect(article.body).toBe(`${FIRST}\n\n${SECOND}`);
  expect(article.dropped).toEqual([{ text: line, reason }]);
});

test.each([
  ['Read more: Rebels plead for anti-tank weapons', 'related-link'],
  ['Also read: Army asks for weapons', 'related-link'],
  ['You may also like', 'related-link'],
  ['Related articles', 'related-link'],
  ['Most read', 'most-read'],
  [
    'Most read: President lands in Paris. Army seeks jets. Sign up here for all the news of the day.',
    'most-read',
  ],
  ['Share this article', 'share'],
  ['Facebook Twitter WhatsApp Email', 'share'],
  ['Follow us on Twitter', 'share'],
  ['Leave a Reply', 'comment-form'],
  ['12 comments', 'comment-form'],
  ['© 2024 The Ledger. All rights reserved.', 'copyright'],
  ['By continuing to visit this site you agree to our use of cookies.', 'cookie-notice'],
  ['Subscribe to our newsletter', 'subscribe'],
  ['Advertisement', 'advertisement'],
  ['Tags: Russia, Libya, arms', 'tags'],
  ['Skip to main content', 'navigation'],
  ['1,204 views', 'counter'],
])('English: %s', async (line, reason) => {
  const article = await readOne(
    'a.txt',
    `Defence minister visits Moscow for talks\n\n${ENGLISH_FIRST}\n\n${line}\n\n${ENGLISH_SECOND}\n`,
  );
  expect(article.body).toBe(`${ENGLISH_FIRST}\n\n${ENGLISH_SECOND}`);
  expect(article.dropped).toEqual([{ text: line, reason }]);
});

test.each([
  ['Читайте также: повстанцы просят оружие', 'related-link'],
  ['Материалы по теме', 'related-link'],
  ['Поделиться в соцсетях', 'share'],
  ['Подписывайтесь на наш Telegram-канал', 'share'],
  ['Оставить комментарий', 'comment-form'],
  ['Все права защищены.', 'copyright'],
  ['Самое читаемое', 'most-read'],
  ['Lire aussi : les rebelles demandent des armes', 'related-link'],
  ['À lire également', 'related-link'],
  ['Les plus lus', 'most-read'],
  ['Partager sur Facebook', 'share'],
  ['Laisser un commentaire', 'comment-form'],
  ['Tous droits réservés', 'copyright'],
  ['Abonnez-vous à notre newsletter', 'subscribe'],
  ['بیشتر بخوانید: سفر وزیر دفاع', 'related-link'],
])('Russian, French, Persian: %s', async (line, reason) => {
  const text =
    'Министр обороны прибыл в столицу с двухдневным официальным визитом, сообщили в ведомстве во вторник утром.';
  const { dropped } = await readOne(
    'a.txt',
    `Министр прибыл в Москву с визитом\n\n${text}\n\n${line}\n\nПо словам источников, переговоры касались сотрудничества двух стран в ближайшие несколько лет.\n`,
  );
  expect(dropped.map((one) => one.text)).toEqual([line]);
  expect(['share', 'subscribe'].includes(reason) ? ['share', 'subscribe'] : [reason]).toContain(
    dropped[0]?.reason,
  );
});

/** Sentences that begin as furniture does. */
test.each([
  'شارك الوزير في اجتماع عقد في موسكو مع نظيره الروسي.',
  'شارك هذا العام في المناورات ألفا جندي من البلدين.',
  'تابع الوزير قائلا إن بلاده تريد السلاح.',
  'انظر إلى ما حدث في ليبيا منذ عامين.',
  'شاهد على العصر يروي ما جرى في موسكو.',
  'نشرت الوزارة بيانا قالت فيه إن الزيارة ناجحة.',
  'Share prices of arms makers fell after the visit.',
  'Follow-up talks are planned for next week.',
  'Tags on the crates showed that the weapons were new.',
  'Updated equipment will be delivered to the army soon.',
  'Published figures show that exports doubled.',
  'Read aloud in parliament, the letter asked for weapons.',
  'Comments by the minister angered his hosts.',
  'Комментарии министра вызвали споры в парламенте.',
  'Подробнее о поставках министр говорить не стал.',
])('text stays: %s', async (sentence) => {
  const article = await readOne(
    'a.txt',
    `Defence minister visits Moscow for talks\n\n${FIRST}\n\n${sentence}\n\n${SECOND}\n`,
  );
  expect(article.body).toBe(`${FIRST}\n\n${sentence}\n\n${SECOND}`);
});

test('text is never joined across what is taken out', async () => {
  const { body } = await readOne(
    'a.txt',
    `عنوان الخبر هنا كما يكتبه المحرر\n${FIRST.slice(0, -1)}\nاقرأ أيضا: خبر آخر\nوأضاف المصدر أن الزيارة ناجحة.\n${SECOND}`,
  );
  expect(body.split('\n\n')).toEqual([
    FIRST.slice(0, -1),
    'وأضاف المصدر أن الزيارة ناجحة.',
    SECOND,
  ]);
});

test('a headline is taken once, whole, without its copies, section, byline and credits', async () => {
  const article = await readOne(
    'a.txt',
    `سياسة\n\nوزير الدفاع في موسكو لبحث التعاون\n\nوزير الدفاع في موسكو لبحث التعاونوزير الدفاع في موسكو لبحث التعاون\n\nبقلم: أحمد سامي\n\n14 أغسطس 2017 16:05\n\nالوزير لدى وصوله إلى المطار- رويترز\n\n${FIRST}\n\n"عنوان فرعي"\n\n${SECOND}\n\nالأكثر قراءة\n\nخبر عن الرياضة اليوم\n\nخبر عن الاقتصاد اليوم\n\nwww.example.com\n`,
  );
  expect(article).toMatchObject({
    title: 'وزير الدفاع في موسكو لبحث التعاون',
    body: `${FIRST}\n\n"عنوان فرعي"\n\n${SECOND}`,
    byline: 'بقلم: أحمد سامي',
    published: { value: '2017-08-14T16:05', origin: 'text' },
  });
  expect(article.dropped.map(({ reason }) => reason)).toEqual([
    'section',
    'repeated-title',
    'byline',
    'date-label',
    'caption',
    'most-read',
    'most-read',
    'most-read',
    'url',
  ]);
});

test('lines that an editor broke are joined, paragraphs stay apart', async () => {
  const wrapped = (text: string): string => text.replace(/(.{55,70}) /g, '$1\n');
  const article = await readOne(
    'a.txt',
    `Defence minister visits Moscow\n\n${wrapped(ENGLISH_FIRST)}\n\n${wrapped(ENGLISH_SECOND)}\n\n${wrapped(ENGLISH_FIRST.replace('Monday', 'Tuesday'))}\n`,
  );
  expect(article.body.split('\n\n')).toEqual([
    ENGLISH_FIRST,
    ENGLISH_SECOND,
    ENGLISH_FIRST.replace('Monday', 'Tuesday'),
  ]);
});
