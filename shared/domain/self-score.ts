/** The score that an agency claims 自评得分: computed from its own facts, never typed; in the browser as on the server. */
import type { Answers } from './facts.ts';
import type { Rubric } from './rubric.ts';
import type { ScoringInput } from './score.ts';
import type { Settings } from './settings.ts';

/** What an agency declares not applicable counts as that in its own score; a second person decides about it later. */
export function selfScoringInput(
  rubric: Rubric,
  { noActivityFails }: Pick<Settings, 'noActivityFails'>,
  answers: Answers,
): ScoringInput {
  const declared = Object.entries(answers.items).filter(([, answer]) => answer.notApplicable);
  return {
    rubric,
    answers,
    source: 'selfEvaluation',
    filed: true,
    notApplicable: declared.map(([code]) => code),
    vetoCases: [],
    noActivityFails,
  };
}
