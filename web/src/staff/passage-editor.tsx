import { Button } from 'antd';
import { contradictionsInText } from '../../../shared/domain/narrative/contradictions.ts';
import {
  type CircularFigures,
  type Passage,
  SECTIONS,
  type SectionName,
} from '../../../shared/domain/narrative/figures.ts';

interface PassageEditorProps {
  section: SectionName;
  passages: readonly Passage[];
  drafted: readonly Passage[];
  figures: CircularFigures;
  /** Absent: to be read only. */
  onChange: ((passages: Passage[]) => void) | undefined;
}

/** One part of the text, held against the figures while it is typed. */
export function PassageEditor({ section, passages, drafted, figures, onChange }: PassageEditorProps) {
  const title = SECTIONS[section];
  return (
    <section aria-labelledby={section}>
      <h2 id={section}>{title}</h2>
      {passages.map((passage, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph is known by its place alone
        <div key={index} className="passage">
          {onChange ? (
            <Fields
              name={`${title}第 ${index + 1} 段`}
              passage={passage}
              onChange={(changed) => onChange(passages.with(index, changed))}
              onRemove={passages.length > 1 ? () => onChange(passages.toSpliced(index, 1)) : undefined}
            />
          ) : (
            <p>
              {passage.title && <b>{passage.title}。</b>}
              {passage.text}
            </p>
          )}
          <Marks text={passage.text} figures={figures} />
        </div>
      ))}
      {onChange && (
        <div className="actions">
          <Button size="small" onClick={() => onChange([...passages, { title: '', text: '' }])}>
            增加一段
          </Button>
          <Button size="small" onClick={() => onChange([...drafted])}>
            恢复系统起草的文字
          </Button>
        </div>
      )}
    </section>
  );
}

interface FieldsProps {
  name: string;
  passage: Passage;
  onChange: (passage: Passage) => void;
  onRemove: (() => void) | undefined;
}

function Fields({ name, passage: { title, text }, onChange, onRemove }: FieldsProps) {
  const headed = (heading: string) => (heading ? { title: heading } : {});
  return (
    <>
      <label className="field">
        <span>{name}标题</span>
        <input
          maxLength={40}
          value={title ?? ''}
          onChange={({ target }) => onChange({ ...headed(target.value), text })}
        />
      </label>
      <label className="field">
        <span>{name}文字</span>
        <textarea
          rows={4}
          maxLength={3000}
          value={text}
          onChange={({ target }) => onChange({ ...headed(title ?? ''), text: target.value })}
        />
      </label>
      {onRemove && (
        <Button size="small" onClick={onRemove}>
          删除此段<span className="hidden">：{name}</span>
        </Button>
      )}
    </>
  );
}

function Marks({ text, figures }: { text: string; figures: CircularFigures }) {
  const found = contradictionsInText(text, figures);
  return (
    <div aria-live="polite">
      {found.map(({ sentence, found: number, explanation }) => (
        <p key={sentence + number} className="contradiction">
          <mark>{number}</mark> {explanation}
        </p>
      ))}
    </div>
  );
}
