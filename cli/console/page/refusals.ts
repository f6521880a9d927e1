import type { Rejection } from '../../../shared/parse/reading.ts';
import { say, type UiLanguage } from './words.ts';

/** What to do with a file that is no article, in Arabic; in English the stack says it itself, with what was found. */
const ADVICE_AR: Readonly<Record<Rejection, string>> = {
  empty: 'الملف فارغ. ارفعه ثانية حين يكون فيه نص.',
  'no-text':
    'الحروف أقل من أن تكون خبرا. إن كانت الصفحة تبني نصها برمجيا فاحفظها من المتصفح كما تظهر.',
  binary: 'هذا ليس نصا (صورة أو صوت أو برنامج أو ملف تالف). ارفع نص الخبر.',
  'unknown-format':
    'هذا النوع من الملفات لا يقرأ. احفظه نصا أو HTML أو PDF أو DOCX أو ODT أو RTF وارفعه ثانية.',
  undecodable: 'تعذرت قراءة الحروف بأي ترميز معروف. احفظ الملف بترميز UTF-8 وارفعه ثانية.',
  malformed: 'الملف تالف أو ليس كما يقول اسمه. افتحه واحفظه من جديد ثم ارفعه.',
  'too-large':
    'الملف أكبر مما يكون الخبر (10 ميغابايت، أو 25 لملفات PDF والمكتب والملفات المضغوطة). قسمه وارفع الأجزاء.',
  'too-many-members': 'في هذا الملف أخبار أكثر مما يقرأ دفعة واحدة. قسمه وارفع الأجزاء.',
  'too-expensive':
    'قراءة هذا الملف تستغرق وقتا أو ذاكرة أكثر مما ينبغي لخبر. احفظ نصه وحده وارفعه.',
  'nested-archive': 'لا يفتح ملف مضغوط داخل ملف مضغوط. فكه وارفع الملفات.',
  encrypted: 'الملف محمي بكلمة سر. احفظه من دونها وارفعه ثانية.',
  'scan-without-text': 'الصفحات صور بلا طبقة نص. تعرف على نصها ضوئيا (OCR) وارفع الناتج.',
};

const isKnown = (reason: string): reason is Rejection => Object.hasOwn(ADVICE_AR, reason);

/** Why a file is no article, in a few words; the stack's own word for a reason that this page does not know yet. */
export function reasonIn(language: UiLanguage, reason: string): string {
  return isKnown(reason) ? say(language, `reason.${reason}`) : reason;
}

/** What to do about it. */
export function adviceIn(language: UiLanguage, reason: string, advice: string): string {
  return language === 'ar' && isKnown(reason) ? ADVICE_AR[reason] : advice;
}
