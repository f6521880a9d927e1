// The measuring of reading in a process of its own, bundled. Takes what is measured; writes the medians as JSON.
import { measureParse } from './parse-measure.ts';

process.stdout.write(JSON.stringify(await measureParse(process.argv[2])));
