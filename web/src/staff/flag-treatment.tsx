import { useState } from 'react';
import type { Correction } from '../../../shared/domain/corrected-facts.ts';
import { type AtDossier, useAct } from './act.ts';
import { type Drafted, draftedProblem } from './correction-form.tsx';
import { Deliberate } from './deliberate.tsx';

interface FlagTreatmentProps extends AtDossier {
  drafted: Drafted;
  /** The same corrections as the API takes them. */
  corrections: readonly Partial<Correction>[];
}

/** A handler's decision about flags: the declaration is accepted, or other facts count. Each flag is ticked by itself. */
export function FlagTreatment({ drafted, corrections, ...at }: FlagTreatmentProps) {
  const act = useAct(at);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const open = at.dossier.flags.filter(({ treatment }) => !treatment);
  if (open.length === 0) return null;
  const toggle = (id: string, on: boolean) =>
    setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  const missing = (choice: 'accepted' | 'corrected') => {
    if (chosen.length === 0) return '请选择要处理的预警';
    if (choice === 'accepted') return undefined;
    return corrections.length === 0 ? '请先在相应项目下更正数据' : draftedProblem(at.cycle.rubric, drafted);
  };
  return (
    <Deliberate
      title="处理预警"
      choices={[
        { value: 'accepted', label: '采信填报', what: '所选预警按机构填报的数据办理' },
        { value: 'corrected', label: '更正数据', what: '所选预警按上面更正的数据办理' },
      ]}
      missing={missing}
      send={(treatment, reason) => {
        const body = { flags: chosen, treatment, reason };
        const corrected = treatment === 'corrected' ? { corrections } : {};
        return act('flag-treatments', { ...body, ...corrected }, `已处理预警 ${chosen.length} 条。`);
      }}
    >
      {() => (
        <fieldset>
          <legend>
            待处理的预警（{open.length} 条，已选 {chosen.length} 条）
          </legend>
          {open.map(({ id, detail }) => (
            <label key={id} className="choice">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ target }) => toggle(id, target.checked)}
              />
              <span>{detail}</span>
            </label>
          ))}
        </fieldset>
      )}
    </Deliberate>
  );
}
