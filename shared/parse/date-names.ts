import { fold } from './fold.ts';

/** Months January to December by language; alternatives parted by spaces, `-` for a space inside a name. Arabic: Egypt, the Levant, Algeria and Tunisia, Morocco, Mauritania. */
const MONTHS: readonly string[] = [
  'january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec',
  'janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre|octobre|novembre|décembre déc',
  'января янв|февраля фев|марта мар|апреля апр|мая|июня июн|июля июл|августа авг|сентября сен сент|октября окт|ноября ноя нояб|декабря дек',
  'январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь',
  'січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня',
  'januar jänner|februar|märz mrz|april|mai|juni|juli|august|september|oktober okt|november|dezember dez',
  'enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre|diciembre dic',
  'gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|dicembre',
  'ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık',
  'janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro set|outubro out|novembro|dezembro dez',
  'januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december',
  'stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia',
  'يناير|فبراير|مارس|أبريل|مايو|يونيو يونيه|يوليو يوليه|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر',
  'كانون-الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين-الأول|تشرين-الثاني|كانون-الأول',
  'جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر',
  'يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت أغشت|شتنبر شتمبر|أكتوبر|نونبر نوفنبر|دجنبر دجمبر',
  'يناير|فبراير|مارس|إبريل|مايو|يونيو|يوليو|أغشت|شتمبر|أكتوبر|نوفمبر|دجمبر',
  'ژانویه|فوریه|مارس|آوریل|مه می|ژوئن|ژوئیه جولای|اوت آگوست|سپتامبر|اکتبر|نوامبر|دسامبر',
];

/** Months of the Hijri year, Muharram first. */
const HIJRI_MONTHS =
  'محرم|صفر|ربيع-الأول ربيع-أول|ربيع-الآخر ربيع-الثاني ربيع-ثاني|جمادى-الأولى جمادى-الأول|جمادى-الآخرة جمادى-الثانية جمادى-الثاني|رجب|شعبان|رمضان|شوال|ذو-القعدة ذي-القعدة ذوالقعدة|ذو-الحجة ذي-الحجة ذوالحجة';

/** Months of the Persian year, Farvardin first. */
const PERSIAN_MONTHS = 'فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند';

const WEEKDAYS =
  'الأحد sunday dimanche воскресенье|الاثنين الإثنين monday lundi понедельник|الثلاثاء tuesday mardi вторник|الأربعاء wednesday mercredi среда|الخميس thursday jeudi четверг|الجمعة friday vendredi пятница|السبت saturday samedi суббота';

/** A folded name and its number. */
type Numbered = readonly (readonly [string, number])[];

function numbered(tables: readonly string[], base: number): Numbered {
  const numbers = new Map<string, number>();
  for (const table of tables) {
    table.split('|').forEach((names, index) => {
      for (const name of names.split(' ')) {
        const key = fold(name.replace('-', ' '));
        if (!numbers.has(key)) numbers.set(key, index + base);
      }
    });
  }
  return [...numbers];
}

/** Folded names of months with 1 to 12. Worked out when a bundle is built (`infra/evaluated.ts`). */
export const MONTH_NAMES: Numbered = numbered(MONTHS, 1);
export const HIJRI_NAMES: Numbered = numbered([HIJRI_MONTHS], 1);
export const PERSIAN_NAMES: Numbered = numbered([PERSIAN_MONTHS], 1);
/** Folded names of weekdays with 0 (Sunday) to 6. */
export const WEEKDAY_NAMES: Numbered = numbered([WEEKDAYS], 0);
