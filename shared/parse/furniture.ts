/**
 * Phrases of page furniture, matched against folded lines (see `fold`: lower case, ا for أ, ه for ة, ي for ى). A pattern
 * must not match how a sentence of news begins: شارك الوزير في ("took part in"), Share prices fell, تابع قائلا.
 */
export interface Furniture {
  readonly reason: string;
  readonly pattern: RegExp;
  /** Longer lines are text, whatever they begin with. */
  readonly maxWords: number;
}

const list = (reason: string, maxWords: number, ...patterns: RegExp[]): Furniture[] =>
  patterns.map((pattern) => ({ reason, pattern, maxWords }));

/** Begins a line that points to another article: "اقرأ أيضا: …", "Read more: …". */
const RELATED = list(
  'related-link',
  40,
  /^[^\p{L}\d]*(?:اقرا|إقرا|اقراي|اقرؤوا|شاهد|طالع|طالعوا|انظر|استمع|شاهدوا|للمزيد اقرا|وفي هذا الصدد اقرا)\s*[/:،-]?\s*(?:ايضا|ايضًا|المزيد|كذلك|معنا)(?!\p{L})/u,
  /^[^\p{L}\d]*(?:اقرا|شاهد|طالع|انظر|استمع)\s*(?:ايضا|ايضًا|المزيد|كذلك)/u,
  /^[^\p{L}\d]*(?:اقرا|شاهد|طالع)\s*[:：]/u,
  /^[^\p{L}\d]*(?:مواضيع|موضوعات|اخبار|مقالات|قصص|تقارير|عناوين|روابط|محتوي|المواضيع|الاخبار)\s+(?:ذات صله|مشابهه|متعلقه|مرتبطه|قد تهمك|ذات علاقه|اخري قد تهمك)/u,
  /^[^\p{L}\d]*(?:قد|ربما)\s+(?:يعجبك|يهمك|تهمك|يهمكم|يعجبكم)(?:\s+(?:ايضا|قراءه|ان تقرا|مشاهده))?/u,
  /^[^\p{L}\d]*(?:للمزيد من|لمزيد من)\s+(?:الاخبار|التفاصيل|المعلومات|المقالات)\s*(?:[:،]|اضغط|انقر|تابع|زوروا|حول)/u,
  /^[^\p{L}\d]*(?:المزيد (?:من|حول|عن)|مقالات اخري|اخبار اخري|لا يفوتك|لا تفوت|مختارات|اخترنا لك|اخترنا لكم|ننصح بقراءه|نرشح لك|يمكنك ايضا قراءه)\s*(?:[:：]|$|الاخبار|المقالات|هذا الموضوع)/u,
  /^[^\p{L}\d]*(?:read (?:more|next|also|this|on|the full (?:story|article))|also read|see also|see more|more (?:on this|like this|stories|news|from)|related(?: (?:stor(?:y|ies)|articles?|posts?|content|topics?|links?|news|coverage|reading|video))?(?:\s*[:|]|$)|related:|recommended(?: for you| reading| stories)?\s*(?::|$)|further reading|you (?:may|might) (?:also )?(?:like|be interested)|don'?t miss\s*(?::|$)|up next|in case you missed it|what to read next|editor'?s? picks?|must read\s*[:|]|also on|more:|watch(?: also| now| more)?\s*:|(?:click|tap) here (?:to|for))/u,
  /^[^\p{L}\d]*(?:читайте (?:также|ещё|еще|по теме|далее|больше)|смотрите (?:также|ещё|еще)|(?:материалы|новости|статьи|ссылки|публикации) по теме|по теме\s*[:：]|ещё по теме|еще по теме|подробнее (?:по теме|читайте|об этом)(?!\p{L})|вам (?:может|будет) (?:быть )?(?:интересно|понравиться)|рекомендуем(?:\s*[:：]|$| прочитать| почитать)|другие (?:новости|материалы)|похожие (?:статьи|новости|материалы))/u,
  /^[^\p{L}\d]*(?:(?:à )?lire (?:aussi|également|la suite|plus|encore)|à lire(?:\s*[:：]|$| aussi| également| sur)|voir (?:aussi|également)|à voir (?:aussi|également)|(?:sur le )?même (?:sujet|thème)|(?:articles?|sujets?|contenus?) (?:liés?|similaires?|associés?|connexes)|pour aller plus loin|à découvrir(?:\s*[:：]|$)|notre dossier|retrouvez (?:aussi|tous nos|toutes nos|notre)|vous (?:aimerez|pourriez) (?:aussi|aimer|également)|en savoir plus\s*(?::|$)|dans la même rubrique|recommandé pour vous)/u,
  /^[^\p{L}\d]*(?:بیشتر بخوانید|همچنین بخوانید|بيشتر بخوانيد|همچنين بخوانيد|مطالب مرتبط|اخبار مرتبط|خبرهاي مرتبط|در همين زمينه|بخوانيد\s*:|مطالب پيشنهادي|مزید پڑھیں|مزيد پڑھيں|يہ بھي پڑھيں)/u,
  /^[^\p{L}\d]*(?:ayrıca oku|bunlar da ilginizi|ilgili haber|lesen sie (?:auch|mehr)|mehr zum thema|lea también|leer más|te puede interesar|leggi anche|leia (?:também|mais)|lees ook)/u,
);

/** Begins a line of other articles' headlines: "Most read: …". Without the colon it may be a sentence, and alone it heads a list. */
const MOST_READ_LINE = list(
  'most-read',
  40,
  /^[^\p{L}\d]*(?:الاكثر|الاعلي)\s+(?:قراءه|مشاهده|تداولا|تعليقا|تفاعلا)\s*[:：|]/u,
  /^[^\p{L}\d]*(?:most (?:read|popular|viewed|shared|commented)|trending(?: now)?|top stories)\s*[:：|]/u,
  /^[^\p{L}\d]*(?:(?:самое|самые) (?:читаемое|читаемые|популярное|популярные|обсуждаемое)|выбор редакции)\s*[:：|]/u,
  /^[^\p{L}\d]*(?:les (?:plus|articles les plus) (?:lus?|vus?|populaires|partagés)|le plus (?:lu|partagé)|à la une)\s*[:：|]/u,
);

/** Heads a list of other articles. */
const MOST_READ = list(
  'most-read',
  8,
  /^[^\p{L}\d]*(?:الاكثر|الاعلي)\s+(?:قراءه|مشاهده|تداولا|تعليقا|شيوعا|تفاعلا|زياره|اهميه|رواجا)/u,
  /^[^\p{L}\d]*(?:اخر الاخبار|احدث الاخبار|اهم الاخبار|ابرز الاخبار|اخر المواضيع|احدث المقالات|اخر المقالات|مقالات حديثه|اهم العناوين|جديد الموقع|الاخبار العاجله|شريط الاخبار|اختيارات القراء|اختيار المحرر|تريند|الاكثر)\s*:?$/u,
  /^(?:no (?:stories|posts|results|comments|articles) found)/u,
  /^[^\p{L}\d]*(?:most (?:read|popular|viewed|shared|commented|watched|recent)|trending(?: now| stories| topics)?|top stories|latest (?:news|stories|headlines|posts|articles)|popular (?:stories|posts|articles|now)|recent (?:posts|comments|articles)|breaking news|in the news|headlines)\s*:?$/u,
  /^[^\p{L}\d]*(?:(?:самое|самые) (?:читаемое|читаемые|популярное|популярные|обсуждаемое|просматриваемые)|популярное|популярные (?:новости|статьи)|последние новости|лента новостей|главные новости|главное (?:за|сегодня)|новости партн[её]ров|сейчас читают|выбор редакции|топ новостей|в тренде)(?!\p{L})/u,
  /^[^\p{L}\d]*(?:les (?:plus|articles les plus) (?:lus?|populaires|vus?|partagés|commentés)|articles? les plus lus|le plus (?:lu|populaire|partagé)|(?:les )?dernières? (?:actualités|nouvelles|infos|minutes?)|à la une|articles récents|tendances|toute l'actualité|en continu)\s*:?$/u,
  /^[^\p{L}\d]*(?:پربازديدترين|پرخواننده ترين|اخرين اخبار|داغ ترين|پربيننده ترين)/u,
);

const SHARE = list(
  'share',
  18,
  /^[^\p{L}\d]*(?:شارك|شاركها|شاركه|شاركنا|انشر|ارسل)\s*(?:$|[:：]|هذا (?:المقال|الخبر|الموضوع|المحتوي|المنشور|الفيديو|الرابط)|هذه (?:الصفحه|القصه|المقاله)|المقال|المقاله|الخبر|الموضوع|الصفحه|القصه|التدوينه|مع اصدقائك|مع الاصدقاء|علي (?:فيس|تويتر|واتس|مواقع|التواصل)|عبر (?:فيس|تويتر|واتس|البريد|مواقع|تلغرام|تيليجرام)|برايك|رايك|بتعليقك)/u,
  /^[^\p{L}\d]*(?:تابعونا|تابعنا|تابعوا\s+(?:اخر|اهم|احدث|قناتنا|صفحتنا|صفحاتنا|حسابنا|قناه)|تابع\s+(?:اخر|احدث|قناتنا|صفحتنا|صفحاتنا|حسابنا|موقع|قناه)|انضم(?:وا)? (?:الي|لقناتنا|لصفحتنا)\s*(?:قناتنا|صفحتنا|قناه|مجموعتنا|مجموعه)?|زوروا (?:صفحتنا|موقعنا))/u,
  /^[^\p{L}\d]*(?:(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|instagram|youtube|messenger|viber|email|e-mail|print|copy link|pocket|tumblr|vk|vkontakte|x|google\+?|flipboard|skype|line|odnoklassniki|вконтакте|одноклассники|телеграм|твиттер|фейсбук|فيسبوك|فيس بوك|تويتر|واتساب|واتس اب|تيليجرام|تلغرام|تلجرام|لينكدان|لينكد ان|لينكدإن|بينتيريست|بنترست|ريديت|انستغرام|انستجرام|يوتيوب|طباعه|البريد|البريد الالكتروني|بريد|ماسنجر|نسخ الرابط|نسخ|مشاركه عبر البريد|سكايب|فايبر|تمبلر|شارك|مشاركه|share|tweet|send|imprimer|partager|envoyer|courriel|copier le lien|печать|отправить|поделиться)(?:\s*[·|,،/•-]?\s+|\s*[·|,،/•-]\s*|$)){1,20}\d*$/u,
  /^[^\p{L}\d]*(?:share (?:this|on|via|it|with|article|story|to|the (?:article|story|post))|share\s*[:|]|shares?$|\d+ shares?$|follow (?:us|@|me|our|the author)|tweet this|email this|print this|like us|find us on|join (?:us on|our (?:telegram|whatsapp|channel|newsletter))|send (?:us )?(?:a )?tip|copy link|link copied)/u,
  /^[^\p{L}\d]*(?:поделиться|поделитесь|расскажите друзьям|подписывайтесь|подпишитесь|подписаться|присоединяйтесь|следите за|читайте нас|мы в (?:telegram|телеграм|соцсетях|вконтакте|дзен)|наш (?:telegram|телеграм)[\s-]?канал)/u,
  /^[^\p{L}\d]*(?:partager|partagez|suivez[- ]nous|suivez (?:toute|nos|notre)|retrouvez[- ]nous|rejoignez[- ]nous|envoyer par|imprimer l'article|abonnez[- ]vous)/u,
  /^[^\p{L}\d]*(?:اشتراک گذاري|به اشتراک|ما را در|اشتراك گذاري)/u,
  /^(?:social|share|شارك|مشاركه)$/u,
);

const COMMENTS = list(
  'comment-form',
  60,
  /^[^\p{L}\d]*(?:اترك|اضف|اكتب|ضع|شاركنا)\s+(?:رد|ردا|ردك|تعليق|تعليقا|تعليقك|تعليقاتك|رايك)/u,
  /^[^\p{L}\d]*(?:املا|إملا|املأ|ادخل)\s+(?:الحقول|احد|بياناتك|بريدك)|(?:املا|إملا) الحقول/u,
  /انت تعلق ب[اإ]?ستخدام حساب|لن يتم نشر عنوان بريدك|عنوان بريدك الالكتروني|الحقول (?:الالزاميه|المطلوبه) مشار|اعلمني ب(?:متابعه|المواضيع|التعليقات)|ابلغني (?:بالتعليقات|عند)|احفظ اسمي، بريدي|يجب ان تكون مسجلا/u,
  /^[^\p{L}\d]*(?:التعليقات|تعليقات|التعليق|تعليق|تعليقات القراء|اراء القراء|لا (?:توجد|يوجد) تعليقات|الغاء الرد|كن اول من (?:يعلق|يكتب)|سجل (?:الدخول|دخولك)|تسجيل الدخول)\s*[:(]?\s*\d*\)?$/u,
  /^[^\p{L}\d]*(?:leave (?:a|your) (?:reply|comment)|post (?:a|your) comment|add (?:a|your) comment|write a comment|join the (?:conversation|discussion)|you are commenting using|fill in your details|notify me of|log ?in (?:to|or)|sign in (?:to|or)|you must be (?:logged|registered)|your email address will not|required fields are marked|save my name, email|cancel reply|connecting to %s|\d* ?comments?\s*(?:\(\d+\)|$|:)|no comments? yet|be the first to comment|comments (?:are closed|\(\d+\))|view (?:all )?comments|show comments|please enter (?:your|an))/u,
  /^[^\p{L}\d]*(?:wordpress\.com|facebook|google\+?|twitter|gravatar|linkedin)\s+(?:logo|photo|picture|icon|صوره)|^صوره (?:تويتر|فيسبوك|جوجل)/u,
  /^[^\p{L}\d]*(?:(?:оставить|оставьте|добавить|написать) (?:свой )?комментарий|комментариев (?:пока )?нет|(?:войдите|войти|авторизуйтесь),? чтобы|ваш (?:e-mail|адрес email)|отменить ответ|(?:комментарии|комментировать|обсудить)\s*(?:\(?\d*\)?$|:))/u,
  /^[^\p{L}\d]*(?:laisse[rz] un (?:commentaire|avis)|commentaires?\s*(?:\(\d+\)|$)|ajouter un commentaire|votre adresse (?:e-?mail|de messagerie|électronique)|réagir (?:à|$)|réagissez|\d+ réactions?$|connectez[- ]vous|aucun commentaire|les champs obligatoires|annuler la réponse|poster un commentaire)/u,
  /^[^\p{L}\d]*(?:نظر شما|ارسال نظر|نظرات|ديدگاه(?:ها|تان)?\s*(?:$|:))/u,
);

const LEGAL = list(
  'copyright',
  45,
  /content is protected|all rights reserved|جميع الحقوق محفوظه|كل الحقوق محفوظه|حقوق (?:النشر|الطبع)(?: والنشر)? محفوظه|حقوق النشر ©|tous droits réservés|droits (?:de reproduction|réservés)|все права защищены|при (?:цитировании|использовании|копировании) (?:материалов|информации)|перепечатка (?:материалов )?|копирование материалов|reproduction (?:interdite|prohibited)|may not be (?:published|reproduced), broadcast|تمامي حقوق|کليه حقوق|كليه حقوق|alle rechte vorbehalten|todos los derechos reservados/u,
  /^(?:©|\(c\)|copyright|الحقوق محفوظه|حقوق النشر)/u,
  /©\s*(?:(?:19|20)\d{2}|حقوق|copyright)/u,
  /^(?:terms (?:of (?:use|service)|and conditions|& conditions)|privacy (?:policy|notice)|cookie policy|about us|contact us|advertise(?: with us)?|careers|sitemap|من نحن|اتصل بنا|سياسه الخصوصيه|شروط الاستخدام|للاعلان معنا|اعلن معنا|الشروط والاحكام|خريطه الموقع|هيئه التحرير|mentions légales|politique de confidentialité|conditions générales(?: d'utilisation)?|nous contacter|qui sommes[- ]nous|plan du site|политика конфиденциальности|пользовательское соглашение|о (?:проекте|компании|нас)|контакты|реклама на сайте|обратная связь)(?:\s*[|·•-].*)?$/u,
);

const COOKIES = list(
  'cookie-notice',
  90,
  /(?:نستخدم|يستخدم (?:هذا )?(?:الموقع|موقعنا)|استخدام(?:نا)?|باستخدام) (?:.{0,30})?(?:ملفات (?:تعريف الارتباط|الارتباط|كوكيز)|الكوكيز|كوكيز)|ملفات تعريف الارتباط|نحن وشركا[ؤئ]نا (?:نخزن|نستخدم|نعالج)/u,
  /(?:we|this (?:site|website)|our (?:site|website)|we and our partners)\s+(?:use|uses|store|may use)s?\s+(?:.{0,40})?cookies|(?:use of|accept(?: all)?|manage|our|reject(?: all)?) cookies|cookie (?:policy|settings|preferences|consent|notice)|by (?:continuing|using|clicking|browsing).{0,80}(?:cookies|agree to)|your (?:privacy|cookie) (?:choices|settings|preferences)|we (?:value|respect) your privacy/u,
  /(?:nous|ce site|notre site|nos partenaires)\s+.{0,40}(?:utilis\w+|dépos\w+).{0,40}cookies|(?:accepter|refuser|gérer|paramétrer)(?: tous)? (?:les |vos |mes )?cookies|politique (?:de|des|relative aux) cookies|en poursuivant votre navigation|continuer sans accepter/u,
  /(?:мы используем|сайт использует|использу(?:ем|ет|ются)) .{0,40}(?:cookies?|куки)|(?:файлы|файлов) (?:cookies?|куки)|продолжая (?:использовать|пользоваться|работу)/u,
  /^(?:accept(?: all)?|reject(?: all)?|i agree|got it|ok|قبول(?: الكل)?|رفض(?: الكل)?|موافق|اوافق|tout accepter|tout refuser|принять(?: все)?|согласен|manage (?:options|preferences)|اداره الخيارات|j'accepte|хорошо|понятно)$/u,
);

const PROMOTION = list(
  'subscribe',
  40,
  /^[^\p{L}\d]*(?:اشترك(?:وا)?\s+(?:في (?:النشره|نشرتنا|قناتنا|صفحتنا|خدمه|القائمه|قائمتنا)|الان(?!\p{L})|معنا|بالنشره|لتصلك|ليصلك|مجانا|للحصول|بقناتنا)|سجل (?:بريدك|الان)(?!\p{L})|النشره (?:البريديه|الاخباريه)|انضم الي قناتنا|حمل(?:وا)? (?:تطبيق|التطبيق)|لتصلك (?:اخر|احدث)|احصل علي (?:اخر|احدث|تطبيق|النشره))/u,
  /^[^\p{L}\d]*(?:subscribe(?: (?:to|now|today|for|here)|$)|sign ?up(?: (?:for|to|now|here|today)|$)|newsletter(?: sign|s?$)|get (?:our|the|all the) (?:latest (?:news|updates|stories)|day's|free app|app|newsletter|morning briefing)|enter your email|become a (?:member|subscriber)|support (?:our|independent) journalism|download (?:our|the) app|register (?:now|for free)|already a subscriber|this (?:article|content) is (?:for|reserved)|unlock this|start your (?:free )?trial|have (?:a |any )?(?:news )?tips?\??|our newsletter)/u,
  /^[^\p{L}\d]*(?:abonne[rz](?:[- ]vous)?(?: (?:à|pour|maintenant)|$)|inscri(?:vez[- ]vous|ption) (?:à|pour)|newsletters?$|recevez (?:notre|nos|toute|chaque|les)|téléchargez (?:notre|l')|(?:cet|la suite de cet|l'intégralité de cet) article (?:est )?réservé|déjà abonné|je m'abonne|s'abonner$|soutenez (?:notre|nous|un journalisme))/u,
  /^[^\p{L}\d]*(?:подпи(?:шитесь|сывайтесь|саться)|оформить подписку|рассылка|скачайте (?:наше )?приложение|поддержите (?:нас|редакцию)|если вы (?:нашли|заметили) (?:ошибку|опечатку)|нашли (?:ошибку|опечатку)|выделите (?:её|ее|фрагмент|текст) и нажмите)/u,
);

const ADVERTISEMENT = list(
  'advertisement',
  25,
  /^[^\p{L}\d]*(?:اعلان(?:ات)?|اعلان ممول|محتوي (?:ممول|اعلاني|مروج)|مساحه اعلانيه|دعايه)\s*(?:[:：]|$)/u,
  /^[^\p{L}\d]*(?:advertisements?|advertising|sponsored(?: (?:content|post|by|links?))?|promoted(?: content)?|paid (?:post|content)|partner content|ads? by \w+|ad)\s*(?:[:：]|$)/u,
  /^[^\p{L}\d]*(?:(?:story|article) continues (?:below|after)|scroll (?:down )?to continue|continue reading(?: the main story| below)?)/u,
  /^[^\p{L}\d]*(?:реклама|на правах рекламы|партнёрский материал|партнерский материал|erid)\s*(?:[:：]|$)/u,
  /^[^\p{L}\d]*(?:publicité|annonce|contenu sponsorisé|sponsorisé|la suite après (?:cette |la )?publicité|article sponsorisé)\s*(?:[:：]|$)/u,
  /^[^\p{L}\d]*(?:تبليغات|اگهي|anzeige|werbung|publicidad|pubblicità|reklam)\s*(?:[:：]|$)/u,
);

const TAGS = list(
  'tags',
  40,
  /^[^\p{L}\d]*(?:tags?|tagged(?: with| in| as)?|topics?|keywords?|filed (?:under|in)|categor(?:y|ies)|hashtags?|posted in|labels)\s*[:：|]/u,
  /^[^\p{L}\d]*(?:الوسوم|وسوم|الكلمات (?:المفتاحيه|الدلاليه|الداله)|كلمات (?:مفتاحيه|دلاليه|داله|البحث)|التصنيف(?:ات)?|تصنيفات|الاقسام|القسم|علامات|العلامات|سمات|تاغات|هاشتاغ|موضوعات)\s*[:：|]/u,
  /^[^\p{L}\d]*(?:теги|тэги|метки|ключевые слова|рубрик[аи]|темы?|категори[яи])\s*[:：|]/u,
  /^[^\p{L}\d]*(?:mots[- ]cl[ée]s|étiquettes|thèmes?|rubriques?|catégories?|sur le sujet)\s*[:：|]/u,
  /^[^\p{L}\d]*(?:برچسب ها|برچسب|كليدواژه ها|کليدواژه)\s*[:：|]/u,
  /^(?:tags?|الوسوم|كلمات مفتاحيه|كلمات دلاليه|الكلمات الدلاليه|الكلمات المفتاحيه|теги|mots[- ]clés|keywords)$/u,
  /^(?:#[\p{L}\p{M}\p{N}_]+[\s،,|]*){1,20}$/u,
);

const MEDIA = list(
  'media-label',
  12,
  /^[^\p{L}\d]*(?:(?:photo|image|picture|video|audio|gallery|slideshow|graphic|watch|listen|play video|media caption|image caption|file photo)s?\s*(?:[:：]|$)|image source|image copyright|getty images$|enlarge(?: this)? image|toggle caption|hide caption|view gallery|full screen|loading\.{0,3}$|zoom$|caption$)/u,
  /^[^\p{L}\d]*(?:صوره|الصوره|صور|فيديو|بالصور|بالفيديو|الفيديو|انفوغراف|تعليق علي الصوره|مصدر الصوره|صدر الصوره|صوره ارشيفيه|تكبير الصوره|معرض الصور)\s*[:：،]?$/u,
  /^[^\p{L}\d]*(?:фото|видео|фотогалерея|источник фото|фото автора|иллюстрация)\s*(?:[:：/©]|$)/u,
  /^[^\p{L}\d]*(?:photo|vidéo|image|crédits?(?: photo)?|illustration|légende|diaporama)\s*(?:[:：©]|$)/u,
  /^[^\p{L}\d]*(?:صدر الصوره،|مصدر الصوره،|التعليق علي الصوره،|image source,|image caption,|légende image,|crédit photo,|автор фото,|подпись к фото,|منبع تصوير،|توضيح تصوير،)/u,
);

const CONTROLS = list(
  'navigation',
  14,
  /^(?:home|menu|search|logo|skip to (?:main )?content|back to top|top|next|previous|prev|older|newer|close|open menu|more|read more|show more|load more|see all|view all|all news|login|log in|register|my account|follow|following|listen|listen to (?:this )?article|text size|font size|a\+|a-|aa|rss|print|edition|sections|loading\.*|go to|jump to|table of contents|contents|add to (?:favorites|bookmarks)|save(?: article| for later)?|bookmark|report (?:an error|a typo|this)|\d+ min(?:ute)?s? read|\d+ min|reading time.{0,20}|estimated read.{0,20}|correct?ions?)$/u,
  /^(?:الرئيسيه|القائمه|بحث|ابحث|البحث|المزيد|عرض المزيد|التالي|السابق|اغلاق|اغلق|شعار|رجوع|عوده|الصفحه الرئيسيه|اقرا المزيد|تحميل المزيد|قراءه المزيد|حجم الخط|استمع(?: للمقال| الي المقال)?|رابط مختصر|رابط المقال|تسجيل|حفظ|المفضله|جاري التحميل.*|تحميل\.*|اعجبني|معجب بهذه|وقت القراءه.{0,25}|مده القراءه.{0,25}|\d+ (?:دقيقه|دقائق) (?:قراءه|للقراءه).*|انت هنا.{0,40}|القائمه الرئيسيه|تخطي الي المحتوي|الانتقال الي المحتوي|اذهب الي المحتوي|العوده الي الاعلي|ابلغ عن خطا|تصحيح خطا)$/u,
  /^(?:главная|меню|поиск|ещё|еще|далее|назад|вперёд|наверх|закрыть|войти|регистрация|читать далее|показать ещё|показать еще|все новости|вход|загрузка\.*|время (?:чтения|на чтение).{0,25})$/u,
  /^(?:accueil|recherche|rechercher|menu|suivant|précédent|fermer|retour|haut de page|lire la suite|voir plus|afficher plus|connexion|se connecter|écouter(?: l'article)?|temps de lecture.{0,25}|lecture \d+ min.*|aller au contenu.*|agrandir.*|réduire.*)$/u,
  /^(?:صفحه اصلي|جستجو|خانه|بازگشت|بيشتر|منو)$/u,
  /^(?:you are here|home|الرئيسيه|accueil|главная|صفحه اصلي|انت هنا)\s*[:»›>/|\\-]/u,
);

const COUNTERS = list(
  'counter',
  8,
  /^[^\p{L}]*(?:عدد )?(?:المشاهدات|مشاهدات|القراءات|قراءات|زيارات|الزيارات|مشاهده|قراءه|views?|shares?|reads?|likes?|просмотр(?:ов|ы|а)?|vues?|lectures?|بازديد)\s*[:：]?\s*[\d.,٬km]*$/u,
  /^[\d\s.,:/|#%+()\-–—٬]+$/u,
);

const URLS = list(
  'url',
  40,
  /^(?:https?:\/\/|www\.)\S+$/u,
  /^(?:(?:الرابط|رابط|الرابط المختصر|short ?link|permalink|lien|ссылка|url|link|source url|رابط الخبر|لينک|كد خبر|کد خبر|رقم الخبر|article id|news id)\s*[:：]?\s*)(?:https?:\/\/\S+|www\.\S+|\d+)?$/u,
);

/** A line that only says when it was published or changed; the date is read from it elsewhere. */
export const DATE_LABEL: Readonly<Record<'published' | 'modified', RegExp>> = {
  published:
    /^[^\p{L}\d]*(?:تم النشر(?: في| بتاريخ| يوم)?|تاريخ (?:النشر|الاضافه|نشر الخبر|الخبر|المقال)|(?:نشر|نشرت|كتب|اضيف|حرر|صدر)(?: في| بتاريخ| يوم|:)|التاريخ|النشر|published(?: on| at| in)?|posted(?: on| at)?|first published|publication date|date(?: published| of publication)?|pubdate|issued|created(?: on)?|опубликован[оа]?|дата(?: публикации)?|размещено|publiée?(?: le)?|mis en ligne(?: le)?|date de publication|paru le|posté le|تاريخ انتشار|انتشار|زمان انتشار|تاريخ|yayın(?:lanma)? tarihi|veröffentlicht(?: am)?|publicado(?: el| em)?|pubblicato(?: il)?)(?!\p{L})\s*[:：]?/u,
  modified:
    /^[^\p{L}\d]*(?:اخر تحديث|تم التحديث|تاريخ التحديث|حدث(?: في| بتاريخ)|تحديث|اخر تعديل|عدل(?: في| بتاريخ)|(?:last )?updated?(?: on| at)?|last modified|modified(?: on)?|обновлен[оа]?|изменено|обновлено|mise? à jour(?: le)?|modifiée?(?: le)?|dernière (?:mise à jour|modification)|actualisé le|به روز رساني|güncelleme|aktualisiert|actualizado|aggiornato|atualizado)(?!\p{L})\s*[:：]?/u,
};

/** All kinds, surest first. Captions and bylines depend on where they stand: see `lines.ts`. */
export const FURNITURE: readonly Furniture[] = [
  ...COUNTERS,
  ...URLS,
  ...CONTROLS,
  ...COOKIES,
  ...RELATED,
  ...MOST_READ_LINE,
  ...MOST_READ,
  ...SHARE,
  ...COMMENTS,
  ...LEGAL,
  ...PROMOTION,
  ...ADVERTISEMENT,
  ...TAGS,
  ...MEDIA,
];
