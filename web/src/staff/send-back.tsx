import { mayFollow } from '../../../shared/domain/dossier.ts';
import type { DossierLine } from './cycle.ts';

interface SendBackProps {
  lines: readonly DossierLine[];
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

/** The agencies that go back for an inspection: each one ticked by itself. */
export function SendBack({ lines, chosen, onChoose }: SendBackProps) {
  const possible = lines.filter(({ status }) => mayFollow('visitAssigned', status));
  const toggle = (filingNumber: string, on: boolean) =>
    onChoose(on ? [...chosen, filingNumber] : chosen.filter((one) => one !== filingNumber));
  return (
    <fieldset>
      <legend>退回重新现场检查的机构（已选 {chosen.length} 家）</legend>
      {possible.map(({ filingNumber, name, score }) => (
        <label key={filingNumber} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(filingNumber)}
            onChange={({ target }) => toggle(filingNumber, target.checked)}
          />
          <span>
            {name}
            <small>
              {filingNumber}
              {score && `，${score.total} 分，${score.result}`}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
