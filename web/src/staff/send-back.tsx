import { mayFollow } from '../../../shared/domain/dossier.ts';
import type { DossierLine } from './cycle.ts';
import type { RectificationLine } from './rectification.ts';

interface Possible {
  filingNumber: string;
  name: string;
  about: string;
}

interface SendBackProps {
  title: string;
  agencies: readonly Possible[];
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

/** The agencies that a decision sends back: each one ticked by itself. */
export function SendBack({ title, agencies, chosen, onChoose }: SendBackProps) {
  const toggle = (filingNumber: string, on: boolean) =>
    onChoose(on ? [...chosen, filingNumber] : chosen.filter((one) => one !== filingNumber));
  return (
    <fieldset>
      <legend>
        {title}（已选 {chosen.length} 家）
      </legend>
      {agencies.map(({ filingNumber, name, about }) => (
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
              {about}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Who can be inspected once more. */
export const inspectable = (lines: readonly DossierLine[]): Possible[] =>
  lines
    .filter(({ status }) => mayFollow('visitAssigned', status))
    .map(({ filingNumber, name, score }) => ({
      filingNumber,
      name,
      about: score ? `，${score.total} 分，${score.result}` : '',
    }));

/** Whose verdict can be given once more. */
export const failedAgain = (lines: readonly RectificationLine[]): Possible[] =>
  lines
    .filter(({ status }) => status === 'failedAgain')
    .map(({ filingNumber, name }) => ({ filingNumber, name, about: '' }));
