import { detectLanguage } from '../../shared/parse/language.ts';

test.each([
  ['ar', 'وصل وزير الدفاع إلى موسكو في زيارة رسمية'],
  ['ar', 'حفتر يلتقي لافروف'],
  ['fa', 'وزیر دفاع برای دیدار رسمی وارد مسکو شد و با همتای خود گفتگو کرد'],
  ['fa', 'رئیس جمهور امروز در تهران سخنرانی کرد'],
  ['ur', 'وزیر دفاع سرکاری دورے پر ماسکو پہنچ گئے ہیں'],
  ['ckb', 'وەزیری بەرگری گەیشتە مۆسکۆ بۆ سەردانێکی فەرمی'],
  ['en', 'The minister of defence arrived in Moscow on Monday'],
  ['fr', 'Le ministre de la Défense est arrivé à Moscou lundi'],
  ['ru', 'Министр обороны прибыл с визитом в Москву'],
  ['uk', 'Міністр оборони прибув із візитом до Києва'],
  ['tr', 'Savunma Bakanı resmi bir ziyaret için Moskova’ya geldi'],
  ['de', 'Der Verteidigungsminister ist am Montag in Moskau eingetroffen'],
  ['es', 'El ministro de Defensa llegó a Moscú para una visita oficial'],
  ['he', 'שר הביטחון הגיע למוסקבה'],
  ['zh', '国防部长抵达莫斯科进行正式访问'],
  ['und', '123 456'],
])('%s: %s', (lang, text) => {
  expect(detectLanguage(text)).toBe(lang);
});
