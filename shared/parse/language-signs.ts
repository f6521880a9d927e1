import { LETTER, propertiesOf } from '../text/characters.ts';
import { lay } from '../text/rewriting.ts';

/** What tells a language from the others of its script; weights were tried on sentences of mixed news, not fitted. */
export interface LanguageSigns {
  /** Function words. */
  readonly words: ReadonlySet<string>;
  readonly wordWeight: number;
  /** Groups of letters to the weight of each occurrence. */
  readonly letters: Readonly<Record<string, number>>;
  /** What counts endings and the like in a text, to the weight of each. */
  readonly patterns: readonly (readonly [Count, number])[];
}

type Count = (text: string) => number;

const matches =
  (pattern: RegExp): Count =>
  (text) =>
    text.match(pattern)?.length ?? 0;

const [ALEF, LAM, WAW, BEH] = [0x627, 0x644, 0x648, 0x628];
/** Letters behind the article, at least: التي is none. */
const STEM_LETTERS = 3;

/** Words with the Arabic article and three letters or more: البيت, والبيت, بالبيت, للبيت. */
function definiteWords(text: string): number {
  const { units } = lay(text).from;
  let count = 0;
  for (let i = 1; i < text.length; i++) {
    if (units[i] !== LAM) continue;
    const first = units[i - 1];
    if (first !== ALEF && first !== LAM) continue;
    const hasClitic = first === ALEF && i > 1 && (units[i - 2] === WAW || units[i - 2] === BEH);
    const start = hasClitic ? i - 2 : i - 1;
    const isStart = start === 0 || !isLetterAt(text, start - 1);
    if (isStart && hasLetters(text, i + 1, STEM_LETTERS)) count++;
  }
  return count;
}

function hasLetters(text: string, from: number, wanted: number): boolean {
  for (let i = from; i < from + wanted; i++)
    if (i >= text.length || !isLetterAt(text, i)) return false;
  return true;
}

/** Letters of the Arabic script are one unit each; half of a pair is taken for a letter of another script. */
const isLetterAt = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  const code = unit >= 0xd800 && unit <= 0xdfff ? (text.codePointAt(at) as number) : unit;
  return (propertiesOf(code) & LETTER) !== 0;
};

const PERSIAN_ENDINGS = /\p{L}{3,}(?:های|ترین|‌ها|‌های|‌شود)|می‌/gu;

function persianEndings(text: string): number {
  const mayHave = text.includes('\u200c') || text.includes('ی');
  return mayHave ? (text.match(PERSIAN_ENDINGS)?.length ?? 0) : 0;
}

const signs = (
  words: string,
  wordWeight: number,
  letters: Readonly<Record<string, number>> = {},
  patterns: readonly (readonly [Count, number])[] = [],
): LanguageSigns => ({ words: new Set(words.split(' ')), wordWeight, letters, patterns });

/** Arabic is told by ة ى ي ك and the article, Persian and Urdu by ی ک گ پ چ, Urdu by ہ ے ں ٹ ڈ ڑ, Kurdish by ە ێ, Pashto by ړ ښ. */
export const ARABIC_SCRIPT: Readonly<Record<string, LanguageSigns>> = {
  ar: signs(
    'في من على إلى الى أن ان عن التي الذي هذا هذه ذلك تلك كان كانت قال لا ما لم لن قد بعد قبل بين مع هو هي هم كما أو او ثم حتى كل غير عند حيث منذ إن لكن بل أي وقد ولا وفي ومن وهو وهي الذين عليه فيه له لها به بها وأن وان إذا اذا نحن أنت ليس لقد سوف عليها منها أيضا خلال ضد',
    5,
    { ةىيكإأؤ: 3, ئءضظصطثذ: 1 },
    [[definiteWords, 4]],
  ),
  fa: signs(
    'و در به از که این با است را برای آن یک تا های می ها بر نیز هم خود کرد شد اما او کند شود بود شده کرده دارد باید پس گفت یا ما آنها اند ای نمی هر چه اگر باشد دو همه وی بین پیش ولی نیست من تو شما هستند بودند دیگر خواهد درباره روز',
    5,
    { یکگپچژ: 3, ةإىكي: -2, ہےںٹڈڑھ: -4 },
    [[persianEndings, 2]],
  ),
  ur: signs(
    'کے کی میں ہے کا اور سے کو ہیں نے پر کہ اس یہ بھی ایک تھا نہیں تو کر جو گیا ہو لئے لیے کیا وہ ان تھے تھی ہی اپنے گئی رہے گا جس جا سکتا بعد آپ ہم مجھے کوئی رہا دیا اب تک ساتھ تھیں مگر یا',
    5,
    { یکگپچ: 3, ہےںٹڈڑھ: 6, ةإى: -2 },
  ),
  ckb: signs('لە بە کە بۆ ئەو لەگەڵ ئەم یەک بوو کرد دەکات', 5, {
    ەێڕڵۆ: 4,
    یکگپچژڤ: 2,
    ةذى: -2,
  }),
  ps: signs('د په او چې کې سره له دی ته يې شوي دغه', 4, { ډړښځڅڼېۍ: 7, یکګپچژ: 2, ةإ: -2 }),
};

/** Cyrillic: Russian by ы э ё, Ukrainian by ї є ґ, Belarusian by ў, Serbian by ђ ћ, Kazakh by ә ғ қ. */
export const CYRILLIC_SCRIPT: Readonly<Record<string, LanguageSigns>> = {
  ru: signs(
    'и в не на что с он как это по но из у за от для так же все бы его о вы мы я а она они был было были который также при после до',
    2,
    { ыэё: 2, ъ: 1, їєґі: -3 },
  ),
  uk: signs('і в на та що не з до у за як це про від він але також його після', 2, {
    їєґ: 4,
    і: 2,
    ыэъё: -3,
  }),
  be: signs('і ў на не што з да за як гэта пра ад таксама', 2, { ў: 5, іыэ: 2, щи: -3 }),
  bg: signs('и на да се за от е с в не са по като че това до ще а си при или', 2, {
    ъ: 4,
    ыэёі: -3,
  }),
  sr: signs('и је у да се на су за од са не као који о што али', 2, {
    ђћ: 4,
    љњџј: 2,
    йщъыэюя: -4,
  }),
  mk: signs('и на во да се за од е со не што ќе ги му по како', 2, {
    ѓќѕ: 5,
    љњџј: 2,
    йщъыэюяћђ: -4,
  }),
  kk: signs('және бұл мен деп үшін бар', 2, { әғқңұһ: 5, өү: 2 }),
};

/** Latin: by function words first, then by accents and frequent endings. */
export const LATIN_SCRIPT: Readonly<Record<string, LanguageSigns>> = {
  en: signs(
    'the of and to in is that for it was on with as be at by this are from or have an not has but his they which you were had their its he she we will said can who been would there what if when about more so do i my your no me up out all just our them after over',
    4,
    { éèàçöüñãßşğ: -1 },
    [[matches(/th|ing\b|wh|sh|y\b|ed\b/g), 0.7]],
  ),
  fr: signs(
    'le la les de des du et est un une en que qui pour dans ce il sur pas plus par au aux avec ne se sont cette son sa ses elle ou mais comme nous vous je leur été être on à a ont fait deux tout même ces très bien y d l c qu n s j selon après',
    4,
    { éèêàçœîôû: 2 },
    [[matches(/eau|oux|eux|tion\b|ent\b|qu|ou|ai/g), 0.6]],
  ),
  de: signs(
    'der die das und ist in zu den mit von für auf nicht ein eine des dem sich im es auch als an werden aus er hat dass sie nach bei um am sind noch wie einer oder war über wird haben nur wir ich so mehr kann vor zum zur bis hatte ihr aber durch wenn was man',
    4,
    { ß: 4, äöü: 2 },
    [[matches(/sch|ch|ei|ung\b|en\b|ck|tz/g), 0.7]],
  ),
  es: signs(
    'el la los las de del y que en un una es por con para no se su al lo como más pero sus le ha este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante fue son era ser han según tras',
    4,
    { 'ñ¿¡': 5, áéíóú: 1 },
    [[matches(/ción|dad\b|os\b|as\b|ar\b|ll|ue/g), 0.6]],
  ),
  it: signs(
    'il lo la i gli le di del della dei delle e che in un una è per con non si da al alla nel nella sono ha come più ma anche suo sua questo questa dal ci se o ho dalla sul hanno essere stato tra quando cui molto dopo era solo già due perché',
    4,
    { èìòàù: 2 },
    [[matches(/zion|gli|cch|zz|o\b|i\b|tt/g), 0.6]],
  ),
  tr: signs(
    've bir bu da de için ile olarak çok daha olan gibi ne var o en kadar sonra ama ya ki mi değil her şey diye ben sen biz onu bunu ise veya tarafından oldu olduğu olduğunu dedi mı mu mü yok iki göre kendi hem yeni şu ancak büyük etti',
    4,
    { ğşı: 4, öüç: 1 },
    [[matches(/lar|ler|ın|iy|yor|dır|mak|mek/g), 0.9]],
  ),
  pt: signs(
    'o a os as de do da dos das e que em um uma é por com para não se na no nos nas ao mais como mas foi são seu sua ele ela ou quando muito já também só pelo pela até isso entre depois sem mesmo aos ter',
    4,
    { ãõ: 5, áéíóúçâê: 1 },
    [[matches(/ção|ções|lh|nh|os\b/g), 0.8]],
  ),
  nl: signs(
    'de het een en van in is dat op te zijn met voor niet aan er die als maar om ook dan bij nog uit naar hij ze wordt door over werd heeft hebben dit was worden deze of zo kan meer geen al tot',
    4,
    {},
    [[matches(/aa|ee|oo|ij|uu|sch/g), 0.7]],
  ),
  pl: signs('i w na z że się nie do to o jest jak za po od przez ale tym został są', 4, {
    łąęśżźćń: 3,
  }),
  ro: signs('și în de la cu pe nu a din care pentru este că mai un o să au fost', 4, { ășțțîâ: 2 }),
};
