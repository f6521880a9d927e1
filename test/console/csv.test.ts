import { csvOf } from '../../cli/console/page/csv.ts';

test('a table is a CSV that spreadsheets read as UTF-8 and run nothing of', () => {
  expect(
    csvOf([
      ['who', 'n'],
      ['=HYPERLINK("x")', 3],
      ['@a', -1],
      ['ليبيا, "طرابلس"', 0],
    ]),
  ).toBe('\uFEFFwho,n\r\n"\'=HYPERLINK(""x"")",3\r\n\'@a,-1\r\n"ليبيا, ""طرابلس""",0\r\n');
});
