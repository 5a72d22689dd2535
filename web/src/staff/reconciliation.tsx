import { useState } from 'react';
import type { Answers } from '../../../shared/domain/facts.ts';
import { factsProblems, unanswered } from '../../../shared/domain/facts.ts';
import { Deliberate } from './deliberate.tsx';
import { VisitItems } from './visit-items.tsx';
import { type Basis, type Place, reconcile } from './visit-record.ts';

interface ReconciliationProps {
  place: Place;
  basis: Basis;
  onDone: () => void;
}

/** Where the records of a visit differ: all of them in sight, and one joint entry with its reasons. */
export function Reconciliation({ place, basis, onDone }: ReconciliationProps) {
  const { rubric, view } = basis;
  const { findings, inspectors } = view.visit;
  const [answers, setAnswers] = useState<Answers>(
    findings[place.person]?.answers ?? { items: {}, bonus: {} },
  );
  const others = inspectors.flatMap((id) => {
    const found = findings[id];
    return found ? [{ name: id === place.person ? '本人记录' : '同组记录', answers: found.answers }] : [];
  });
  const missing = () => {
    const [first] = unanswered(rubric, answers);
    if (first) return `请填写 ${first}`;
    const [problem] = factsProblems(rubric, answers);
    return problem && `${problem.item} ${problem.message}`;
  };
  return (
    <>
      <p className="lead">双方记录不一致。请会商后，由一名督导员登记共同认定的事实。</p>
      <VisitItems
        rubric={rubric}
        claimed={view.answers}
        others={others}
        answers={answers}
        onChange={setAnswers}
      />
      <Deliberate
        title="会商结果"
        choices={[{ value: 'enter', label: '登记会商结果', what: '以共同认定的事实作为检查结果' }]}
        reasonTitle="会商情况"
        missing={missing}
        send={async (_choice, reason) => {
          await reconcile(place, answers, reason);
          onDone();
        }}
      />
    </>
  );
}
