/** The score that an agency claims 自评得分: computed from its own facts, never typed. */
import type { Answers } from './facts.ts';
import type { Rubric } from './rubric.ts';
import type { ScoringInput } from './score.ts';
import type { Settings } from './settings.ts';

export function selfScoringInput(rubric: Rubric, settings: Settings, answers: Answers): ScoringInput {
  const declared = Object.entries(answers.items).filter(([, answer]) => answer.notApplicable);
  return {
    rubric,
    answers,
    source: 'selfEvaluation',
    filed: true,
    notApplicable: declared.map(([code]) => code),
    vetoCases: [],
    noActivityFails: settings.noActivityFails,
  };
}
