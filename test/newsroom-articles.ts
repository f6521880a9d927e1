import { edited, seeded } from './story/edits.ts';

/** Who went where, as an Arabic newsroom would write it; each pair is a story. */
const OFFICIALS = [
  'وزير الدفاع التركي',
  'وزير الخارجية المصري',
  'الرئيس الجزائري',
  'وزير الداخلية الإيطالي',
  'رئيس الوزراء العراقي',
  'وزير الخارجية الروسي',
  'الرئيس السنغالي',
  'وزير الدفاع الفرنسي',
  'رئيس الوزراء الباكستاني',
  'وزير الخارجية الصيني',
];
const CITIES = ['مقديشو', 'الدوحة', 'واشنطن', 'برلين', 'نيروبي'];

/** What stands around the news: true of every day, and of nobody on the watchlist. */
const ORDINARY = [
  'وتشهد الأسواق المحلية هذه الأيام ارتفاعا طفيفا في أسعار الخضار بسبب تأخر الأمطار في المناطق الزراعية.',
  'وقالت هيئة الأرصاد إن موجة من الغبار ستصل إلى السواحل مساء الخميس وتستمر يومين على الأقل.',
  'وأعلنت البلدية بدء أعمال صيانة في الشارع الرئيس تستمر ثلاثة أسابيع وتتضمن تغيير شبكة الصرف.',
  'وفاز الفريق الوطني لكرة اليد في مباراته الأخيرة بفارق خمسة أهداف بعد شوط إضافي مثير.',
  'وافتتح معرض للكتاب يضم أعمال مئتي ناشر ويستمر حتى نهاية الشهر مع دخول مجاني للطلبة.',
  'وذكر تقرير أن عدد مستخدمي النقل العام زاد بنسبة سبعة في المئة خلال الربع الأول من العام.',
  'وتعمل الجامعات على تطوير مناهج الهندسة بالتعاون مع شركات محلية تطلب خريجين في هذا التخصص.',
  'وحذر أطباء من موجة إنفلونزا متأخرة ونصحوا كبار السن بتجنب الأماكن المزدحمة وشرب السوائل.',
  'وارتفع منسوب المياه في السدود بعد أمطار الأسبوع الماضي ليبلغ أعلى مستوى منذ أربع سنوات.',
  'ويستعد المزارعون لموسم قطف الزيتون وسط توقعات بمحصول جيد يفوق ما جني في الموسم السابق.',
  'وأطلقت جمعية خيرية حملة لجمع الملابس الشتوية وتوزيعها على الأسر المحتاجة في القرى البعيدة.',
  'وتراجعت حركة القطارات صباحا بسبب عطل فني في إحدى المحطات قبل أن تعود إلى طبيعتها ظهرا.',
  'وكرمت وزارة الثقافة عددا من الفنانين الذين أسهموا في إحياء الحرف التقليدية وتعليمها للشباب.',
  'وبدأت المدارس تطبيق دوام صيفي جديد يقلص ساعات الدراسة بسبب ارتفاع درجات الحرارة.',
  'وانتهت أعمال ترميم السوق القديم الذي يعود بناؤه إلى أكثر من قرنين وسط ترحيب التجار.',
  'وسجلت مراكز الدفاع المدني تراجعا في عدد حرائق الغابات مقارنة بالفترة نفسها من العام الماضي.',
];

/** An article of a newsroom: a file, and the story that it tells. */
export interface NewsFile {
  readonly key: string;
  readonly body: string;
  readonly story: number;
}

/**
 * So many stories, each in so many copies: words changed, a sentence cut, another headline, other furniture, each from
 * another site. In an order of no meaning.
 */
export function newsroom(stories: number, copies: number): NewsFile[] {
  const random = seeded(2026);
  const files: (NewsFile & { lot: number })[] = [];
  for (let story = 0; story < stories; story++) {
    const who = OFFICIALS[story % OFFICIALS.length];
    const where = CITIES[Math.floor(story / OFFICIALS.length) % CITIES.length];
    const around = [...ORDINARY].sort(() => random() - 0.5).slice(0, 6);
    const words = ORDINARY.join(' ').split(' ');
    for (let copy = 0; copy < copies; copy++) {
      const rest = edited(
        around.join('\n\n'),
        {
          wordsChanged: 0.04,
          wordsCut: 0.01,
          paragraphsCut: copy % 2,
          furniture: false,
          reordered: false,
        },
        words,
        random,
      );
      files.push({
        key: `source=site${copy}.example/خبر ${story}-${copy}.txt`,
        body: `${who} في ${where}: نسخة ${copy}\n\nوصل ${who} إلى ${where} مساء الأحد في زيارة رسمية تستمر يومين.\n\n${rest}\n`,
        story,
        lot: random(),
      });
    }
  }
  return files.sort((a, b) => a.lot - b.lot).map(({ lot: _, ...file }) => file);
}
