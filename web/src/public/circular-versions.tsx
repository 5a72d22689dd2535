import { useCallback } from 'react';
import { Link, useSearchParams } from 'react-router';
import { printedDay } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { BandTable, Facts } from './publication-parts.tsx';
import { readCircular, type Snapshot, type StandingCircular } from './snapshots.ts';
import { StarTable } from './star-table.tsx';

/** The circular as it holds now; earlier versions stay and say by which they are superseded. */
export function CircularVersions({ year }: { year: number }) {
  const [params] = useSearchParams();
  const wanted = Number(params.get('version') ?? 0);
  const loaded = useLoaded(
    `circular ${year} ${wanted}`,
    useCallback(() => readCircular(year, wanted), [year, wanted]),
  );
  return (
    <Show of={loaded}>
      {(shown) => (
        <>
          {shown.versions.length > 1 && <Versions {...shown} />}
          {shown.correction && <Corrected correction={shown.correction} />}
          <Circular circular={shown.circular} />
        </>
      )}
    </Show>
  );
}

function Versions({ version: open, versions }: StandingCircular) {
  const shown = versions.find(({ version }) => version === open);
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">版本</h2>
      {shown?.supersededBy && (
        <p>
          <strong>
            以下是第 {open} 版，已被第 {shown.supersededBy} 版取代。
          </strong>
        </p>
      )}
      <ul>
        {versions.map(({ version, publishedOn, supersededBy }) => (
          <li key={version}>
            <Link to={`?version=${version}`} aria-current={version === open ? 'page' : undefined}>
              第 {version} 版
              {version === 1 ? '（首次公布）' : `（${publishedOn && printedDay(publishedOn)}更正）`}
            </Link>
            {supersededBy === null ? '，现行' : `，已被第 ${supersededBy} 版取代`}
          </li>
        ))}
      </ul>
    </section>
  );
}

const starsText = (stars: number) => (stars === 0 ? '无星级' : `${'一二三四五'[stars - 1]}星级`);

/** What this version corrects, and why. */
function Corrected({ correction: { reason, supersedes, changes } }: { correction: Snapshot<'correction'> }) {
  return (
    <section aria-labelledby="corrected">
      <h2 id="corrected">更正内容</h2>
      <p>
        本版取代第 {supersedes} 版。更正的原因：{reason}
      </p>
      {changes.length === 0 ? (
        <p>本次更正没有改变公布的星级。</p>
      ) : (
        <table className="cards">
          <caption>星级有变化的机构 {changes.length} 家</caption>
          <thead>
            <tr>
              <th scope="col">机构名称</th>
              <th scope="col">机构备案号</th>
              <th scope="col">更正前</th>
              <th scope="col">更正后</th>
              <th scope="col">说明</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ filingNumber, name, kind, before, after, grounds }) => (
              <tr key={filingNumber}>
                <th scope="row">{name}</th>
                <td data-title="机构备案号" className="code">
                  {filingNumber}
                </td>
                <td data-title="更正前">{starsText(before)}</td>
                <td data-title="更正后">{starsText(after)}</td>
                <td data-title="说明">{kind === 'revoke' ? `撤销星级：${grounds}` : '更正事实，重新计分'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Circular({ circular }: { circular: Snapshot<'circular'> }) {
  return (
    <>
      {circular.sampleData && <SampleMark />}
      <Facts
        of={[
          ['发文字号', circular.number],
          ['发文单位', circular.centre],
          ['主送', circular.recipients],
          ['依据的通知', circular.noticeNumber],
          ...circular.leftOut.map(({ reason, count }) => [`不参评：${reason}`, `${count} 家`] as const),
        ]}
      />
      <BandTable bands={circular.bands} population={circular.population} />
      {circular.percentNote && <p>{circular.percentNote}。</p>}
      {circular.averageExecutionRate && (
        <p>三星级及以上机构年度评价计划平均执行率 {circular.averageExecutionRate}%。</p>
      )}
      <StarTable caption={`附件：三星级及以上机构 ${circular.annex.length} 家`} rows={circular.annex} />
    </>
  );
}
