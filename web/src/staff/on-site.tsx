/** What every record made on site ends with: how far it is, the day, and the agency's representative. */

interface Present {
  representative: { name: string; agrees: boolean; statement: string };
  visitedOn: string;
}

interface OnSiteProps {
  /** What the day is called. */
  dayTitle: string;
  total: number;
  /** Codes of the items that are not filled in. */
  missing: readonly string[];
  present: Present;
  onWrite: (changes: Partial<Present>) => void;
}

export function OnSite({ dayTitle, total, missing, present, onWrite }: OnSiteProps) {
  const { representative, visitedOn } = present;
  const represent = (changes: Partial<Present['representative']>) =>
    onWrite({ representative: { ...representative, ...changes } });
  return (
    <section className="decision" aria-labelledby="site">
      <h2 id="site">现场情况</h2>
      <p role="status">
        应填 {total} 项，已填 {total - missing.length} 项
        {missing.length > 0 && (
          <>
            ，尚缺{' '}
            {missing.map((code) => (
              <a key={code} href={`#item-${code}`}>
                {code}{' '}
              </a>
            ))}
          </>
        )}
        。
      </p>
      <label className="field">
        <span>{dayTitle}</span>
        <input
          type="date"
          value={visitedOn}
          onChange={({ target }) => onWrite({ visitedOn: target.value })}
        />
      </label>
      <label className="field">
        <span>机构代表姓名</span>
        <input
          value={representative.name}
          autoComplete="off"
          onChange={({ target }) => represent({ name: target.value })}
        />
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={!representative.agrees}
          onChange={({ target }) => represent({ agrees: !target.checked })}
        />
        <span>机构代表有不同意见</span>
      </label>
      {!representative.agrees && (
        <label className="field">
          <span>机构代表的意见</span>
          <textarea
            rows={2}
            value={representative.statement}
            onChange={({ target }) => represent({ statement: target.value })}
          />
        </label>
      )}
    </section>
  );
}

/** What the record cannot be signed without, by the same rules as the API's. */
export function lackOnSite(dayTitle: string, { visitedOn, representative }: Present): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(visitedOn)) return `请填写${dayTitle}`;
  if (!representative.name.trim()) return '请填写机构代表姓名';
  return representative.agrees || representative.statement.trim() ? undefined : '请写明机构代表的不同意见';
}
