/** Every limit of the reader, with its reason. Sizes in bytes unless the name says otherwise. */

const MB = 1024 * 1024;

/** An hour of an agency's wire is 2 MB and the largest real page of 1,171 was 4 MB: ten is no article. */
export const TEXT_BYTES = 10 * MB;
/** Containers carry pictures and fonts that are not read: real reports with photos reach 20 MB. */
export const CONTAINER_BYTES = 25 * MB;
/** What a gzip may unpack to. A ratio is not bounded: 1 MB of zeros is refused by this size, text packs 3 to 10 times. */
export const GUNZIP_BYTES = 20 * MB;
/** An export of a day has some dozens of files; 200 articles in one function call stay under its time. */
export const ZIP_ENTRIES = 200;
/** One entry unpacked. */
export const ZIP_ENTRY_BYTES = 20 * MB;
/** All entries unpacked. */
export const ZIP_TOTAL_BYTES = 60 * MB;
/** Records of one JSON, NDJSON or CSV file: a scraper's daily dump. */
export const RECORDS = 5_000;
/** One record as text, in characters: the longest article of the test sets has 120,000. */
export const RECORD_CHARS = 2_000_000;
/** Feeds list some dozens of items; the largest seen had 500. */
export const FEED_ITEMS = 1_000;
/** Levels of markup in a feed item or an office document. */
export const XML_DEPTH = 256;
/** multipart in multipart: forwarded ten times is already rare. */
export const MAIL_DEPTH = 64;
/** Header block of a mail: DKIM and hops reach 30 KB. */
export const MAIL_HEADER_BYTES = 256 * 1024;
/** News is never longer, a book is not news; 100 pages take about 6 s. */
export const PDF_PAGES = 100;
/** Real pages: at most 51 deep (of 1,171). Readability is cubic in depth: 110 took 2 s, 1,600 took 26 s. */
export const HTML_DEPTH = 80;
/** Real pages: at most 10,110 elements (of 1,171). */
export const HTML_ELEMENTS = 30_000;
/** Sum of squares of the numbers of children and attributes: linkedom and Readability are quadratic in siblings (15,000 took 10 s). 2,000 in one list. */
export const HTML_CROWDING = 4_000_000;
/** From here on a page is read in isolation if the caller can: real pages hardly ever are larger. */
export const HTML_INLINE_BYTES = 3 * MB;
/** The text of one article, in characters; longer texts are cut here with a warning. */
export const ARTICLE_CHARS = 1_000_000;
/** Braces in braces of an RTF file: Word writes fewer than 20. */
export const RTF_DEPTH = 200;

const CONTAINER = /\.(?:pdf|zip|docx|odt|gz|tgz)$/i;

/** The size up to which an object is worth reading, by its key, so that a larger one is refused before it is fetched. */
export function bytesAllowed(key: string): number {
  return CONTAINER.test(key) ? CONTAINER_BYTES : TEXT_BYTES;
}
