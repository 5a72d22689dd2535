import { FIGURE_SOURCES } from '../../../shared/domain/flag.ts';
import type { StaffDossier } from './dossier.ts';

const TREATMENTS = { accepted: '采信填报', corrected: '已更正' } as const;

/** What the comparison warned of: both figures and where they come from, and what a handler made of it. */
export function Flags({ dossier: { flags } }: { dossier: StaffDossier }) {
  if (flags.length === 0) return null;
  const open = flags.filter(({ treatment }) => !treatment).length;
  return (
    <section aria-labelledby="flags">
      <h2 id="flags">
        异常预警（{flags.length} 条，待处理 {open} 条）
      </h2>
      <ul className="flags">
        {flags.map(({ id, item, detail, figures = [], treatment }) => (
          <li key={id}>
            {detail}
            {item && (
              <>
                {' '}
                <a href={`#item-${item}`}>查看 {item}</a>
              </>
            )}
            {figures.map(({ source, label, value }) => (
              <small key={source + label}>
                {FIGURE_SOURCES[source]}：{label} {value}
              </small>
            ))}
            {treatment && (
              <small className="treated">
                {TREATMENTS[treatment.treatment]}（{treatment.by}）：{treatment.reason}
              </small>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
