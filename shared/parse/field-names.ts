import { once } from '../once.ts';

/** Names that exporters give to a field, in lower case without spaces and signs, surest first. */
const FIELDS = {
  title:
    'title headline heading articletitle newstitle posttitle subject name العنوان عنوان заголовок titre titel',
  body: 'articlebody body content text fulltext maintext contenthtml bodyhtml contenttext bodytext plaintext contentencoded cleantext articletext story article html message المحتوى النص نص محتوى المقال текст contenu texte',
  summary: 'description summary abstract excerpt lead standfirst subtitle snippet الملخص ملخص',
  published:
    'datepublished published publishedat publisheddate publicationdate publishdate pubdate publishedtime publishtime firstpublished dateposted postdate issued datetime date created createdat creationdate datecreated timestamp time التاريخ تاريخالنشر تاريخ дата',
  modified:
    'datemodified modified modifiedat modifieddate updated updatedat lastmodified dateupdated',
  url: 'url link permalink canonicalurl canonical articleurl weburl newsurl href sourceurl uri الرابط رابط ссылка lien',
  byline: 'byline author authors creator dccreator writer articleauthor الكاتب كاتب автор auteur',
  source:
    'sourcename source publisher sitename site outlet newspaper agency provider feedname media domain المصدر مصدر источник',
  lang: 'language lang inlanguage languagecode langcode اللغة язык langue',
  id: 'id guid articleid uuid newsid key',
} as const;
/** A field of an article in an export. */
export type Field = keyof typeof FIELDS;

/** Made when a file first has fields: most uploads are text. */
const wanted = once(
  (): ReadonlyMap<string, { field: Field; rank: number }> =>
    new Map(
      (Object.keys(FIELDS) as Field[]).flatMap((field) =>
        FIELDS[field].split(' ').map((name, rank) => [plain(name), { field, rank }] as const),
      ),
    ),
);

/** `published_at`, `Published At`, `publishedAt`, `dc:creator` are the same name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The field that a name stands for, and how sure: rank 0 is the surest name. */
export function wantedField(name: string): { field: Field; rank: number } | null {
  return wanted().get(plain(name)) ?? null;
}

/** Which field a column or key is; null for one that is not read. */
export function fieldOf(name: string): Field | null {
  return wanted().get(plain(name))?.field ?? null;
}
