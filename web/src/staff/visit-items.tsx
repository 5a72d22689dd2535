import { Button } from 'antd';
import type { Answer, Answers } from '../../../shared/domain/facts.ts';
import type { Rubric, RubricItem } from '../../../shared/domain/rubric.ts';
import { factLines } from '../ui/facts.ts';
import { FactFields } from './fact-fields.tsx';

interface VisitItemsProps {
  rubric: Rubric;
  /** What the agency says. */
  claimed: Answers | undefined;
  answers: Answers;
  onChange: (answers: Answers) => void;
}

/** Every item's facts, recorded anew on site with the agency's own in sight. */
export function VisitItems({ rubric, claimed, answers, onChange }: VisitItemsProps) {
  const set = (code: string, answer: Answer) =>
    onChange({ ...answers, items: { ...answers.items, [code]: answer } });
  return (
    <>
      {rubric.parts.map(({ code, title, items }) => (
        <section key={code} aria-labelledby={`part-${code}`}>
          <h2 id={`part-${code}`}>
            {code} {title}
          </h2>
          {items.map((item) => (
            <VisitItem
              key={item.code}
              item={item}
              claimed={claimed?.items[item.code]}
              answer={answers.items[item.code]}
              onChange={(answer) => set(item.code, answer)}
            />
          ))}
        </section>
      ))}
      <Bonus rubric={rubric} claimed={claimed} answers={answers} onChange={onChange} />
    </>
  );
}

interface VisitItemProps {
  item: RubricItem;
  claimed: Answer | undefined;
  answer: Answer | undefined;
  onChange: (answer: Answer) => void;
}

function VisitItem({ item, claimed, answer = {}, onChange }: VisitItemProps) {
  const same = claimed?.facts;
  const exempt = claimed?.notApplicable;
  /** An item is measured or does not apply, never both. */
  const change = (changes: Answer) => {
    const { facts, notApplicable, ...rest } = { ...answer, ...changes };
    const kept = changes.facts ? { facts } : changes.notApplicable ? { notApplicable } : undefined;
    onChange({ ...rest, ...(kept ?? { ...(facts && { facts }), ...(notApplicable && { notApplicable }) }) });
  };
  return (
    <fieldset className="visit-item" id={`item-${item.code}`}>
      <legend>
        <b>{item.code}</b> {item.title}（{item.points} 分）
      </legend>
      <div className="beside">
        <p>
          机构自评：
          {same ? factLines(item, same).join('；') : exempt ? `申报不适用（${exempt.reason}）` : '未填报'}
          {claimed?.remark && <small>备注：{claimed.remark}</small>}
        </p>
        {same && same.kind !== 'graded' && (
          <Button size="small" onClick={() => change({ facts: same })}>
            与自评一致<span className="hidden">：{item.code}</span>
          </Button>
        )}
        {exempt && (
          <Button size="small" onClick={() => change({ notApplicable: exempt })}>
            与自评一致，现场核实不适用<span className="hidden">：{item.code}</span>
          </Button>
        )}
      </div>
      {answer.notApplicable && <p role="status">已记录：现场核实不适用。如有不同，请填写下列数据。</p>}
      <FactFields item={item} facts={answer.facts} onChange={(facts) => change({ facts })} />
      <label className="field">
        <span>备注</span>
        <textarea
          rows={1}
          maxLength={2000}
          value={answer.remark ?? ''}
          onChange={({ target }) => change({ remark: target.value || undefined })}
        />
      </label>
    </fieldset>
  );
}

function Bonus({ rubric, claimed, answers, onChange }: VisitItemsProps) {
  const set = (code: string, text: string) => {
    const { [code]: _before, ...others } = answers.bonus;
    const digits = text.replace(/\D/g, '').slice(0, 4);
    onChange({ ...answers, bonus: digits ? { ...others, [code]: { count: Number(digits) } } : others });
  };
  return (
    <section aria-labelledby="bonus">
      <h2 id="bonus">加分项</h2>
      {rubric.bonus.items.map(({ code, title }) => (
        <label key={code} className="field">
          <span>
            {title}（机构填报 {claimed?.bonus[code]?.count ?? 0}）
          </span>
          <input
            inputMode="numeric"
            value={answers.bonus[code]?.count ?? ''}
            onChange={({ target }) => set(code, target.value)}
          />
        </label>
      ))}
    </section>
  );
}
