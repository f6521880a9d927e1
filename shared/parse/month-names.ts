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

function numbered(table: string, base: number, into: Map<string, number>): Map<string, number> {
  table.split('|').forEach((names, index) => {
    for (const name of names.split(' ')) {
      const key = fold(name.replace('-', ' '));
      if (!into.has(key)) into.set(key, index + base);
    }
  });
  return into;
}

/** Folded month name to 1-12. */
export const MONTH_NUMBER: ReadonlyMap<string, number> = MONTHS.reduce(
  (map, table) => numbered(table, 1, map),
  new Map<string, number>(),
);
export const HIJRI_MONTH: ReadonlyMap<string, number> = numbered(HIJRI_MONTHS, 1, new Map());
export const PERSIAN_MONTH: ReadonlyMap<string, number> = numbered(PERSIAN_MONTHS, 1, new Map());
/** Folded weekday name to 0 (Sunday) to 6. */
export const WEEKDAY: ReadonlyMap<string, number> = numbered(WEEKDAYS, 0, new Map());

/** Alternatives of a regular expression, longest first. */
export function alternatives(names: ReadonlyMap<string, number>): string {
  return [...names.keys()].sort((a, b) => b.length - a.length).join('|');
}
