// The measuring of reading in a process of its own, bundled; writes the medians as JSON.
import { measureParse } from './parse-measure.ts';

process.stdout.write(JSON.stringify(await measureParse()));
