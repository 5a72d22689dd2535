import { Button } from 'antd';
import { type Facts, factsProblems } from '../../../shared/domain/facts.ts';
import type { Rubric, RubricItem } from '../../../shared/domain/rubric.ts';
import { inspectedAnswers, type StaffDossier } from './dossier.ts';
import { FactFields } from './fact-fields.tsx';

/** Corrections as they are being written, by item: facts that are not complete yet are absent. */
export type Drafted = Readonly<Record<string, { facts: Facts | undefined; reason: string }>>;

interface CorrectionFormProps {
  item: RubricItem;
  dossier: StaffDossier;
  drafted: Drafted;
  onChange: (drafted: Drafted) => void;
}

/** Puts other facts in the place of those that count now, with a reason. */
export function CorrectionForm({ item, dossier, drafted, onChange }: CorrectionFormProps) {
  const { code } = item;
  const draft = drafted[code];
  if (!draft) {
    const facts = countingFacts(dossier, code);
    const start = () => onChange({ ...drafted, [code]: { facts, reason: '' } });
    return (
      <Button size="small" onClick={start}>
        更正 {code}
      </Button>
    );
  }
  const { [code]: _dropped, ...others } = drafted;
  return (
    <fieldset className="correction">
      <legend>更正 {code}</legend>
      <FactFields
        item={item}
        facts={draft.facts}
        onChange={(facts) => onChange({ ...drafted, [code]: { ...draft, facts } })}
      />
      <label className="field">
        <span>更正理由</span>
        <textarea
          rows={2}
          value={draft.reason}
          onChange={({ target }) => onChange({ ...drafted, [code]: { ...draft, reason: target.value } })}
        />
      </label>
      <Button size="small" onClick={() => onChange(others)}>
        不更正此项
      </Button>
    </fieldset>
  );
}

function countingFacts(dossier: StaffDossier, code: string): Facts | undefined {
  const upheld = dossier.corrections.findLast(({ item }) => item === code)?.facts;
  const { desk, submission } = dossier;
  const answers = inspectedAnswers(dossier) ?? desk?.answers ?? submission?.answers;
  return upheld ?? answers?.items[code]?.facts;
}

/** Why these corrections cannot be sent yet, by the same rules as the API's. */
export function draftedProblem(rubric: Rubric, drafted: Drafted): string | undefined {
  const entries = Object.entries(drafted);
  const empty = entries.find(([, { facts }]) => !facts);
  if (empty) return `请填写 ${empty[0]} 更正后的数据`;
  const unreasoned = entries.find(([, { reason }]) => !reason.trim());
  if (unreasoned) return `请写明 ${unreasoned[0]} 的更正理由`;
  const items = Object.fromEntries(entries.map(([code, { facts }]) => [code, { facts }]));
  const [problem] = factsProblems(rubric, { items, bonus: {} });
  return problem && `${problem.item} ${problem.message}`;
}
