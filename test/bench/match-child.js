// The measuring of matching in a process of its own: bundled as the functions are, since what is measured should be what ships.
// With the folder of the default watchlist measures that, without it the made ones; writes the medians as JSON.
import { measureMatch, measureShipped } from './match-measure.ts';

const [, , folder] = process.argv;
const medians = await (folder === undefined ? measureMatch() : measureShipped(folder));
process.stdout.write(JSON.stringify(medians));
