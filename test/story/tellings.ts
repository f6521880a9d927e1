/** Who the alert says did it to whom: ids that a watchlist would know, else the words of the text. */
export interface Telling {
  readonly title: string;
  readonly body: string;
  readonly source: string;
  readonly target: string;
}

/** Stories as their first paper tells them; some with a second paper's own telling of the same event. */
export const STORIES: readonly (Telling & { readonly retold?: Telling })[] = [
  {
    title: 'قائد سلاح البحرية يطلب من اليونان زوارق دورية',
    source: 'libya',
    target: 'greece',
    body: `طلب قائد القوات البحرية اللواء نصر الدين الشاوش من الحكومة اليونانية تزويد بلاده بستة زوارق دورية وقطع غيار لسفينتين قديمتين، وفق ما أفاد به مصدر في ديوان القيادة لمراسلنا مساء السبت.

وقال المصدر إن الطلب سلم مكتوبا خلال لقاء جمع اللواء بملحق الدفاع اليوناني في قاعدة أبو ستة، وإنه تضمن أيضا برنامجا لتدريب أربعين ضابطا على صيانة المحركات.

وأضاف أن الجانب اليوناني وعد بعرض الأمر على وزارة الدفاع في أثينا والرد قبل نهاية الشهر المقبل، دون أن يلتزم بموعد للتسليم.

وتعاني البحرية منذ سنوات نقصا في القطع الصالحة للإبحار، فيما تتزايد رحلات قوارب الهجرة غير النظامية من السواحل الغربية نحو جزيرة كريت.

ويرى خبراء في شؤون المتوسط أن أثينا تسعى من خلال هذا التعاون إلى موازنة النفوذ التركي في المياه المقابلة لسواحلها الجنوبية.

ولم يصدر عن السفارة اليونانية أي تعليق حتى لحظة نشر هذا التقرير.`,
    retold: {
      title: 'أثينا تتلقى رسالة بشأن تسليح خفر السواحل الليبي',
      source: 'libya',
      target: 'greece',
      body: `كشفت صحيفة يونانية أن ليبيا تقدمت إلى أثينا بطلب رسمي للحصول على سفن صغيرة مخصصة لمراقبة الشواطئ، في خطوة وصفتها بأنها الأولى منذ توتر العلاقات حول ترسيم الحدود البحرية.

ونقلت الصحيفة عن دبلوماسي رفيع أن الوثيقة وصلت عبر الملحق العسكري، وأن الحكومة لم تحسم موقفها بعد بسبب حظر السلاح المفروض من مجلس الأمن.

وبحسب التقرير فإن المعدات المطلوبة غير قتالية في معظمها، وتشمل أجهزة رادار محمولة ومحركات بديلة ودورات تدريبية لأطقم الصيانة.

ورفض متحدث باسم الخارجية اليونانية التعليق على ما سماه تسريبات، مكتفيا بالقول إن بلاده تدعم استقرار جارتها الجنوبية.`,
    },
  },
  {
    title: 'وزير الخارجية العماني يصل إلى كراتشي في مستهل جولة آسيوية',
    source: 'oman',
    target: 'pakistan',
    body: `وصل وزير الخارجية العماني، صباح الاثنين، إلى مدينة كراتشي في مستهل جولة آسيوية تشمل ثلاث دول، وكان في استقباله بالمطار حاكم إقليم السند وعدد من رجال الأعمال.

ومن المقرر أن ينتقل الوزير بعد الظهر إلى إسلام آباد ليجتمع بنظيره الباكستاني ويبحث معه مشروع خط ملاحي يربط ميناء صحار بميناء جوادر.

وذكرت وكالة الأنباء العمانية أن الوفد المرافق يضم مسؤولين من هيئة المناطق الاقتصادية ومن جهاز الاستثمار، وأن اتفاقيتين في مجال الثروة السمكية جاهزتان للتوقيع.

وتعد هذه أول زيارة لمسؤول عماني بهذا المستوى منذ عامين، بعدما أجلت مرتين بسبب الفيضانات التي ضربت جنوب باكستان.

ويقيم في السلطنة نحو ربع مليون عامل باكستاني، تشكل تحويلاتهم موردا مهما لأسرهم في البنجاب والسند.`,
    retold: {
      title: 'محادثات عمانية باكستانية حول الملاحة والصيد',
      source: 'oman',
      target: 'pakistan',
      body: `بدأ رأس الدبلوماسية في مسقط محادثات مع مسؤولين باكستانيين تتركز على التجارة البحرية، بعد ساعات من هبوط طائرته في أكبر مدن البلاد.

وقال دبلوماسي مطلع لصحيفتنا إن ملف العمالة الوافدة سيحضر بقوة على الطاولة، إضافة إلى إحياء فكرة قديمة بتسيير عبارات بين الضفتين.

وتأمل إسلام آباد في جذب رؤوس أموال خليجية إلى سواحل بلوشستان، لكن محللين يحذرون من أن الوضع الأمني هناك ما زال يخيف المستثمرين.

وسيغادر الضيف مساء غد متوجها إلى كولومبو ثم إلى دكا.`,
    },
  },
  {
    title: 'حكومة بوركينا فاسو تنفي طلب مسيرات من أوكرانيا',
    source: 'burkina-faso',
    target: 'ukraine',
    body: `نفى المتحدث باسم حكومة بوركينا فاسو ما تناقلته صحف أوروبية عن طلب بلاده طائرات مسيرة من أوكرانيا، ووصف تلك الأنباء بأنها محض اختلاق يراد به الإساءة إلى شركاء واغادوغو الجدد.

وأكد المتحدث في مؤتمر صحفي عقده الأربعاء أن الجيش يشتري ما يحتاج إليه من موردين معروفين، وأن سجل العقود متاح للبرلمان الانتقالي.

وكانت مجلة تصدر في بروكسل قد تحدثت عن مراسلات جرت في الربيع بين ضابط كبير وشركة مقرها لفيف، ونشرت صورة قالت إنها لصفحة من عرض الأسعار.

وتخوض البلاد منذ نحو عشر سنوات قتالا ضد جماعات مسلحة تنشط في الشمال والشرق وعلى الحدود مع النيجر ومالي.

وقال أستاذ للعلوم السياسية في جامعة محلية إن سرعة النفي تعكس حرص السلطات على عدم إغضاب موسكو.`,
  },
  {
    title: 'مبعوث أممي يلتقي شيوخ قبائل في مأرب',
    source: 'un',
    target: 'yemen',
    body: `زار المبعوث الأممي محافظة مأرب والتقى عددا من شيوخ القبائل وممثلي النازحين في مخيم السويداء، واستمع إلى مطالبهم بشأن المياه والمدارس ورواتب المعلمين المتوقفة منذ أشهر.

وقال في تصريحات مقتضبة قبيل مغادرته إن وقف إطلاق النار هش لكنه قائم، وإن فريقه يعمل على فتح الطريق بين المدينة وصنعاء أمام شاحنات الوقود والدواء.

ورد أحد الشيوخ بأن الأهالي سئموا الوعود، مطالبا بجدول زمني معلن لتبادل الأسرى يشمل المختطفين من المدنيين والصحفيين.

وتؤوي المحافظة أكثر من مليوني نازح بحسب السلطات المحلية، يعيش أغلبهم في خيام لا تقي حر الصيف ولا برد الشتاء.

ورافق المبعوث وفد من برنامج الغذاء العالمي عاين مستودعات تعرضت للحريق الشهر الماضي.`,
  },
  {
    title: 'Chad asks France to leave radar equipment behind',
    source: 'chad',
    target: 'france',
    body: `Chad has asked France to hand over radar equipment and two workshops when the last French troops leave the base at Abéché, a defence ministry official told reporters on Thursday.

The request was delivered during a technical meeting in the capital last week and covers spare parts for five years as well as training for thirty mechanics, the official said.

French diplomats described the talks as cordial but said that no decision would be taken before parliament returns from its summer recess in September.

Losing the radar would leave the army blind along six hundred kilometres of desert border, according to a retired colonel who once commanded the eastern sector.

Residents of the garrison town fear for their jobs: the base employs about four hundred cooks, drivers and cleaners, and local shops live from their wages.

The withdrawal began in the spring after the government ended a defence agreement that dated back decades.`,
    retold: {
      title: 'As soldiers pack up, N’Djamena eyes their hardware',
      source: 'chad',
      target: 'france',
      body: `Crates are being loaded onto lorries in the east of Chad, but not everything may go home with the departing soldiers. Officials in N’Djamena would like some of the more expensive hardware to stay.

A list that circulated among diplomats this week includes surveillance systems, generators and a complete repair shop. Paris has not said no.

"They know what they need, and we know what it would cost to ship it," one European envoy said. He expects haggling through the autumn.

For the Chadian government the stakes are high. Smugglers and armed groups already move freely across the frontier with Sudan, and the air force has hardly any means to see them coming.`,
    },
  },
  {
    title: 'Serbian president to travel to Baku for gas talks',
    source: 'serbia',
    target: 'azerbaijan',
    body: `The Serbian president will travel to Baku on Sunday for two days of talks on gas deliveries and a planned interconnector, his office announced.

He is due to meet his Azerbaijani counterpart at a residence outside the capital and to tour the terminal at Sangachal together with the energy minister and the head of the state gas company.

Serbia wants to double the volume it receives through the Trans-Balkan route before next winter, when a long-term contract with its main supplier runs out.

Analysts in Belgrade say the price will be harder to settle than the volume, since Azerbaijan has promised most of its spare output to buyers in Italy and Hungary.

The trip was put off twice this year, first because of floods and later because of local elections in the capital.

An agreement on visa-free travel for holders of ordinary passports may also be signed, the statement said.`,
  },
  {
    title: 'Coast guard of the Philippines seeks Japanese patrol ships',
    source: 'philippines',
    target: 'japan',
    body: `The Philippine coast guard wants Japan to finance five more patrol ships of the largest class in its fleet, its commandant said during a ceremony at the port of Subic.

Admiral Rolando Cepeda told guests that a letter had gone to Tokyo through the transport department and that he hoped for an answer before the rainy season ends.

The first two ships of that size, each ninety-seven metres long, were delivered three years ago with a soft loan and have since been stationed near disputed shoals.

Opposition senators questioned whether the service has enough trained crews, pointing out that one vessel spent most of last year tied up for lack of engineers.

Japan has made maritime safety the centre of its aid to Southeast Asia, and its embassy called the partnership excellent without commenting on the request.`,
  },
  {
    title: 'Министр обороны Анголы прибыл в Бразилиа',
    source: 'angola',
    target: 'brazil',
    body: `Министр обороны Анголы прибыл в столицу Бразилии с трёхдневным визитом, сообщила во вторник пресс-служба ведомства. В аэропорту делегацию встретил командующий военно-воздушными силами страны.

В программе переговоры о покупке учебных самолётов, посещение завода в Сан-Жозе-дус-Кампус и встреча с выпускниками военной академии из африканских государств.

По словам представителя министерства, стороны обсудят также совместное патрулирование в южной Атлантике, где в последние годы участились нападения на торговые суда.

Бразилия остаётся одним из крупнейших поставщиков техники для ангольской армии, а часть офицеров говорит на одном языке со своими инструкторами.

Местная печать отмечает, что визит проходит на фоне сокращения военного бюджета в Луанде и переноса нескольких закупок на следующий год.`,
  },
  {
    title: 'Таджикистан просит Индию о поставках тепловизоров',
    source: 'tajikistan',
    target: 'india',
    body: `Пограничная служба Таджикистана обратилась к Индии с просьбой поставить тепловизоры и лёгкие беспилотники для застав в Хатлонской области, рассказал журналистам заместитель начальника штаба.

Речь идёт примерно о ста двадцати приборах ночного видения и двадцати аппаратах с дальностью полёта до пятнадцати километров, уточнил офицер на брифинге в Душанбе.

Ранее индийские специалисты помогли восстановить госпиталь близ аэродрома Айни и обучили группу врачей скорой помощи.

Обстановка на реке Пяндж остаётся напряжённой: за лето задержано вдвое больше контрабандистов, чем годом ранее, а один наряд попал под обстрел.

Посольство Индии заявило, что рассмотрит обращение в рабочем порядке и не видит препятствий для сотрудничества.`,
  },
  {
    title: 'Le Bénin sollicite des véhicules blindés auprès du Rwanda',
    source: 'benin',
    target: 'rwanda',
    body: `Le Bénin a demandé au Rwanda de lui céder une vingtaine de véhicules blindés légers pour ses postes avancés du nord, a confirmé jeudi une source proche de l'état-major à Cotonou.

La demande a été formulée lors de la visite d'une mission technique à Kigali, au début du mois, et porte aussi sur l'envoi d'instructeurs spécialisés dans la lutte contre les engins explosifs.

Selon la même source, les autorités rwandaises ont accueilli favorablement le principe mais souhaitent que l'entretien des engins soit assuré par une société commune.

Le parc de la Pendjari et ses environs ont été le théâtre de plusieurs attaques meurtrières depuis le début de l'année, obligeant des villages entiers à se déplacer vers Natitingou.

L'opposition réclame un débat au parlement et s'étonne de ne pas avoir été informée du coût de l'opération.`,
  },
  {
    title: 'رئيس البرلمان التونسي يستقبل وفدا من نواب إسبانيا',
    source: 'spain',
    target: 'tunisia',
    body: `استقبل رئيس البرلمان التونسي في قصر باردو وفدا من نواب إسبانيا يزور البلاد حتى الجمعة، وتناول اللقاء أوضاع الطلبة التونسيين في الجامعات الإسبانية ومسألة التأشيرات.

وأعرب رئيس الوفد عن ارتياحه لاستئناف الخط البحري بين صفاقس وفالنسيا بعد توقف دام ثلاث سنوات، معتبرا أنه سيفتح بابا جديدا أمام مصدري زيت الزيتون.

وطالب النواب التونسيون بتسوية ملف الصيادين الموقوفين في أليكانتي، وقدموا قائمة بأسمائهم وبالمراكب المحتجزة منذ شهر مايو.

وسيزور الوفد خلال يومين محطة لتحلية المياه في قابس تمولها شركة من برشلونة، ثم يلتقي رئيسة اتحاد الصناعة والتجارة.

وتحتل إسبانيا المرتبة الرابعة بين شركاء تونس التجاريين، وفق أرقام المعهد الوطني للإحصاء.`,
  },
  {
    title: 'فصيل في دارفور يناشد الإمارات إرسال معدات طبية وعربات',
    source: 'sudan',
    target: 'uae',
    body: `ناشد قيادي في أحد الفصائل المسلحة بإقليم دارفور دولة الإمارات إرسال معدات طبية وعربات دفع رباعي، قائلا إن المستشفيات الميدانية عاجزة عن استقبال الجرحى بعد معارك الأسبوع الفائت.

وجاء النداء في تسجيل مصور بثته صفحات محلية، ظهر فيه القيادي محاطا بعدد من مساعديه قرب مدينة الجنينة، وهو يعدد ما قال إنها احتياجات عاجلة.

ولم يتسن التحقق من تاريخ التسجيل، غير أن سكانا أكدوا سماع إطلاق نار كثيف في المنطقة نفسها قبل يومين من نشره.

وحذرت منظمة أطباء بلا حدود من انتشار الكوليرا في مخيمات اللجوء على الجانب التشادي مع بداية موسم الأمطار.

ويعيش الإقليم على وقع نزاع أدى إلى نزوح مئات الآلاف وإغلاق معظم الأسواق والطرق التجارية.`,
  },
];

/** Bulletins that share a template: the same words around other people, places and numbers. `{0}` is who, `{1}` to whom. */
export const TEMPLATES: readonly {
  readonly title: string;
  readonly body: string;
  readonly fills: readonly (readonly string[])[];
  /** What a watchlist knows of the first two fills; null where it knows nobody. */
  readonly ids: readonly (readonly [string | null, string | null])[];
}[] = [
  {
    title: '{0} يصل إلى {1} في زيارة رسمية',
    body: `وصل {0} اليوم {2} إلى {1} في زيارة رسمية تستغرق {3}، وكان في استقباله لدى وصوله المطار كبار المسؤولين وأعضاء السفارة.

ومن المقرر أن يجري {0} خلال الزيارة محادثات تتناول العلاقات الثنائية وسبل تعزيزها في مختلف المجالات، إضافة إلى القضايا الإقليمية والدولية ذات الاهتمام المشترك.

ويرافق {0} في زيارته إلى {1} وفد رسمي رفيع المستوى يضم {4}.

وتأتي الزيارة في إطار حرص قيادتي البلدين الشقيقين على التشاور المستمر وتنسيق المواقف بما يخدم مصالح الشعبين.`,
    fills: [
      ['أمير دولة قطر', 'الجزائر', 'السبت', 'يومين', 'وزير المالية ورئيس الديوان الأميري'],
      ['الرئيس السنغالي', 'الرباط', 'الأحد', 'ثلاثة أيام', 'وزيرة الصيد البحري ومدير الموانئ'],
      ['رئيس وزراء ماليزيا', 'القاهرة', 'الثلاثاء', 'يوما واحدا', 'وزير التعليم العالي'],
      ['ولي عهد الكويت', 'باريس', 'الأربعاء', 'أربعة أيام', 'وزير النفط ووزير الدفاع'],
      ['الرئيس الفيتنامي', 'الجزائر', 'الخميس', 'يومين', 'وزراء الصناعة والزراعة والنقل'],
    ],
    ids: [
      ['qatar', 'algeria'],
      ['senegal', 'morocco'],
      ['malaysia', 'egypt'],
      ['kuwait', 'france'],
      ['vietnam', 'algeria'],
    ],
  },
  {
    title: '{0} يطلب السلاح من {1}',
    body: `طلب {0} من {1} تزويد قواته بالسلاح والذخيرة لمواجهة الجماعات المسلحة التي تسيطر على مناطق واسعة من {2}.

وقال {0} في تصريح أدلى به لقناة محلية إن قواته بحاجة إلى دعم عاجل، وإن ما لديها من عتاد لا يكفي سوى {3}.

ولم يصدر عن {1} أي رد رسمي على هذا الطلب حتى الآن، بينما أكدت مصادر مطلعة أن المسألة قيد الدراسة.

وتشهد {2} منذ فترة مواجهات متقطعة أوقعت قتلى وجرحى في صفوف الطرفين وأجبرت السكان على النزوح.`,
    fills: [
      ['العقيد مفتاح القطراني', 'حكومة مالطا', 'جبال نفوسة', 'أسبوعين'],
      ['الشيخ حمود الردفاني', 'سلطات إريتريا', 'وادي حضرموت', 'ثلاثة أيام'],
      ['العميد آدم بشارة', 'رئاسة جنوب السودان', 'جبل مرة', 'شهر'],
      ['القائد شيروان بارزنجي', 'حكومة أرمينيا', 'سهل نينوى', 'عشرة أيام'],
      ['النقيب إسماعيل ورسمه', 'قيادة كينيا', 'ولاية جوبالاند', 'أسبوع'],
    ],
    ids: [
      [null, 'malta'],
      [null, 'eritrea'],
      [null, 'south-sudan'],
      [null, 'armenia'],
      [null, 'kenya'],
    ],
  },
  {
    title: 'القائد {0} يستنجد',
    body: `وجه {0} نداء عاجلا إلى {1} طالبا مدافع ورشاشات ثقيلة، بعد أن حوصر مقاتلوه في محيط {2} منذ {3}.

وجاء في النداء الذي نشر على مواقع التواصل أن {0} يحمل المجتمع الدولي مسؤولية ما قد يحدث للمدنيين إذا اقتحمت البلدة.

وذكر شهود عيان أن القصف لم يتوقف طوال الليل، وأن عشرات الأسر غادرت منازلها باتجاه القرى المجاورة سيرا على الأقدام.

وكانت هدنة محلية قد انهارت الأسبوع الماضي بعدما تبادل الطرفان الاتهامات بخرقها.`,
    fills: [
      ['أبو جبل الحيالي', 'المجلس العسكري', 'تل الذهب', 'يومين'],
      ['سعدون المفرجي', 'غرفة العمليات', 'رأس العين الشرقية', 'أربعة أيام'],
      ['بكر الزنكي', 'لواء الحدود', 'وادي الرمان', 'مساء الثلاثاء'],
      ['عيسى المحمدي', 'شيوخ العشائر', 'خربة الحجل', 'أسبوع كامل'],
    ],
    ids: [
      [null, null],
      [null, null],
      [null, null],
      [null, null],
    ],
  },
  {
    title: '{0} arrives in {1} for official visit',
    body: `{0} arrived in {1} on {2} for an official visit at the invitation of the government, state television reported.

During the visit {0} will hold talks on strengthening bilateral relations and on regional and international issues of common interest, and will attend the signing of {3} memoranda of understanding.

{0} is accompanied by a high-level delegation that includes {4}.

The two countries established diplomatic relations in {5} and have since developed close cooperation in trade, education and culture.`,
    fills: [
      ['The president of Ghana', 'Jakarta', 'Monday', '4', 'the minister of trade', '1961'],
      [
        'The prime minister of Nepal',
        'Doha',
        'Tuesday',
        '7',
        'three members of parliament',
        '1977',
      ],
      [
        'The foreign minister of Cuba',
        'Hanoi',
        'Friday',
        '2',
        'the head of the sugar board',
        '1960',
      ],
      [
        'The king of Jordan',
        'Astana',
        'Sunday',
        '11',
        'the crown prince and the chief of staff',
        '1993',
      ],
      [
        'The president of Chile',
        'Doha',
        'Wednesday',
        '5',
        'leaders of the mining industry',
        '1998',
      ],
    ],
    ids: [
      ['ghana', 'indonesia'],
      ['nepal', 'qatar'],
      ['cuba', 'vietnam'],
      ['jordan', 'kazakhstan'],
      ['chile', 'qatar'],
    ],
  },
  {
    title: 'Delivery number {2}: trucks cross from {0}',
    body: `A convoy of {3} trucks carrying ammunition from {0} crossed into {1} on {4}, a spokesman for the border guard said in his daily statement.

It was delivery number {2} since the agreement was signed; the previous ones brought fuel, tents and spare parts for armoured vehicles.

The spokesman said inspectors had counted {5} crates and found no violation of the terms that both governments accepted last year.

The next convoy is expected within days, weather permitting, and will take the same road across the pass.`,
    fills: [
      ['Kazakhstan', 'Kyrgyzstan', '14', '32', '3 March', '1,180'],
      ['Kazakhstan', 'Kyrgyzstan', '15', '41', '9 March', '1,422'],
      ['Kazakhstan', 'Kyrgyzstan', '16', '27', '17 March', '960'],
      ['Kazakhstan', 'Kyrgyzstan', '17', '38', '25 March', '1,305'],
    ],
    ids: [
      ['kazakhstan', 'kyrgyzstan'],
      ['kazakhstan', 'kyrgyzstan'],
      ['kazakhstan', 'kyrgyzstan'],
      ['kazakhstan', 'kyrgyzstan'],
    ],
  },
];
