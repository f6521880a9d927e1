import * as fc from 'fast-check';

// A seed of the day would make a red build that nobody can repeat; `npm run prove` explores.
fc.configureGlobal({ seed: Number(process.env['RASID_SEED'] ?? 20261122) });

export { fc };
