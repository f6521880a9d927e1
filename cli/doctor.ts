import { withTarget } from './ask.ts';
import { command } from './command.ts';
import { CHECKS, type Finding } from './doctor-checks.ts';
import { probe } from './doctor-probe.ts';
import { TARGET_HELP, TARGET_OPTIONS } from './target.ts';
import { paint, safe } from './terminal.ts';

const HELP = `rasid doctor: is all well with a stack?

  rasid doctor --local
  rasid doctor --stack Rasid-news-dev
  rasid doctor --no-probe --json --stack Rasid-news-prod

  --no-probe           send no article of its own through the pipeline
  --json               for programs, a line a check
${TARGET_HELP}
The probe is an article that nobody wrote; it is stored, classified by a rule that tells nobody, and taken away again.
Exit code 1: something is broken. Run it after each deployment, and before each release against a real account.
`;

const SIGN = { well: paint.green('well'), odd: paint.yellow('odd '), ill: paint.red('ILL ') };

const OPTIONS = {
  ...TARGET_OPTIONS,
  json: { type: 'boolean', default: false },
  probe: { type: 'boolean', default: true },
} as const;

/** Examines a stack from end to end. */
export const doctorCommand = command(HELP, OPTIONS, 'no words', async ({ values }, io) => {
  return withTarget(values, async (target) => {
    if (!values.json) io.stdout.write(`Examining ${target.name}\n`);
    let isIll = false;
    const tell = (check: string, { state, says }: Finding) => {
      isIll ||= state === 'ill';
      io.stdout.write(
        values.json
          ? `${JSON.stringify({ check, state, says })}\n`
          : `  ${SIGN[state]}  ${check}: ${safe(says)}\n`,
      );
    };
    for (const [name, check] of Object.entries(CHECKS)) tell(name, await check(target));
    if (values.probe) tell('an article gets through', await probe(target));
    return isIll ? 1 : 0;
  });
});
