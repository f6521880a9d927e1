// The measuring of matching in a process of its own: bundled as the functions are, since what is measured should be what ships.
// Takes the folder of the default watchlist; writes the medians as JSON.
import { measureMatch } from './match-measure.ts';

const medians = await measureMatch(process.argv[2]);
process.stdout.write(JSON.stringify(medians));
