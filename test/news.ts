/** Invented news for tests of the pipeline, each like no other. */

/** A small generator of numbers that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<Item>(random: () => number, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

const SYLLABLES = [
  'با',
  'تو',
  'جي',
  'دا',
  'را',
  'سو',
  'شي',
  'صا',
  'طو',
  'عي',
  'فا',
  'قو',
  'كي',
  'لا',
  'مو',
  'ني',
  'ها',
  'وي',
];

function words(random: () => number, count: number): string {
  const word = () =>
    Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(random, SYLLABLES)).join('');
  return Array.from({ length: count }, word).join(' ');
}

/** An article that alerts: somebody asks somebody for weapons. No two numbers give the same story. */
export function alertingArticle(n: number): string {
  const random = randomOf(n * 7919 + 1);
  const filler = () => `${words(random, 14)}.`;
  return [
    `${words(random, 5)} ${n}`,
    '',
    `${filler()} ${filler()}`,
    '',
    'قال مصدر إن العميد رجب التاورغي طلب من أنقرة تزويده بطائرات مسيرة.',
    '',
    `${filler()} ${filler()} ${filler()}`,
  ].join('\n');
}

/** An article that nobody watches for. */
export function quietArticle(n: number): string {
  const random = randomOf(n * 104_729 + 2);
  return `${words(random, 6)} ${n}\n\n${words(random, 40)}.`;
}
