import type { MadeArticle } from './articles.ts';

const FURNITURE = `<nav><ul>${'<li><a href="/s">قسم الأخبار</a></li>'.repeat(30)}</ul></nav>`;
const RELATED = `<aside><h3>اقرأ أيضا</h3><ul>${'<li><a href="/a">خبر آخر من الأرشيف</a></li>'.repeat(12)}</ul></aside>`;

/** The article as a page of a news site has it: among sections, other news and a footer. */
export function pageOf({ title, body }: MadeArticle): string {
  const paragraphs = body.split('\n\n').map((text) => `<p>${text}</p>`);
  return `<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>${title} | موقع</title></head><body>${FURNITURE}<main><article><h1>${title}</h1>${paragraphs.join('')}</article>${RELATED}</main><footer>حقوق النشر محفوظة</footer></body></html>`;
}
