import { countVisible } from '../text/spaces.ts';

/** The part of a DOM element that is needed here. */
export interface DomElement {
  readonly tagName: string;
  readonly children: ArrayLike<DomElement>;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  remove(): void;
}

const PRUNED_TAGS = new Set([
  'NAV',
  'FOOTER',
  'DIALOG',
  'AMP-SIDEBAR',
  'AMP-AD',
  'SELECT',
  'BUTTON',
]);
const PRUNED_ROLES = /^(?:dialog|alertdialog|navigation|complementary|contentinfo|banner|search)$/;
/** Whole names of classes, ids and data attributes: `related-posts`, `jp-relatedposts`, `comment-list`, `cookie-banner`, `mostRead`. */
const FURNITURE =
  /(?:^|[\s_])(?:(?:jp-)?related-?(?:posts?|articles?|stories|news|content|links|items|topics)?|recommend(?:ed|ations?)(?:-\w+)?|most-?(?:read|viewed|popular|commented)|popular-(?:posts|news)|trending|comments?(?:-?(?:area|list|section|form|respond|wrapper|block|box))?|respond|disqus(?:_thread)?|(?:social-?)?shar(?:e|ing)(?:-?(?:buttons?|bar|links|icons|tools|box))?|sharedaddy|social-(?:share|links|icons|buttons|media)|addtoany\w*|newsletter(?:-\w+)?|subscribe-\w+|cookie-?\w*|consent|gdpr|breadcrumbs?|outbrain|taboola|adsbygoogle|advert(?:isement|ising)?s?|ad-(?:slot|unit|container|banner)|read-?(?:more|also)|see-?also|tags-links|post-tags|author-box|widget-area|post-navigation|nav-links)(?=$|\s)/i;
const COMMENTS = /comment|respond|disqus/i;
/** A wrapper named like furniture that holds more of the page's text than this is the page. Comments may outgrow short news. */
const MAX_SHARE = 0.4;
const MAX_COMMENTS_SHARE = 0.85;

/** Takes out what names itself furniture before the extractor weighs the page: decisive for news of a few sentences. */
export function pruneFurniture(body: DomElement): void {
  const total = lengthOf(body);
  const todo: DomElement[] = [body];
  for (let element = todo.pop(); element !== undefined; element = todo.pop()) {
    const name = element === body ? null : furnitureName(element);
    if (name !== null) {
      const limit = COMMENTS.test(name) ? MAX_COMMENTS_SHARE : MAX_SHARE;
      if (lengthOf(element) <= total * limit) {
        element.remove();
        continue;
      }
    }
    for (const child of Array.from(element.children)) todo.push(child);
  }
}

const lengthOf = (element: DomElement): number => countVisible(element.textContent ?? '');

/** What makes the element furniture; null for content. */
function furnitureName(element: DomElement): string | null {
  const tag = element.tagName.toUpperCase();
  if (tag === 'ARTICLE' || tag === 'MAIN' || tag === 'H1') return null;
  if (PRUNED_TAGS.has(tag)) return tag;
  if (PRUNED_ROLES.test(element.getAttribute('role') ?? '')) return 'role';
  const names = ['class', 'id', 'data-x', 'data-testid', 'data-component']
    .map((attribute) => element.getAttribute(attribute) ?? '')
    .join(' ')
    .slice(0, 400);
  return names.trim() === '' ? null : (FURNITURE.exec(names)?.[0] ?? null);
}
