import { useCallback } from 'react';
import { Link, useParams } from 'react-router';
import { useLoaded } from '../ui/loading.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page, SampleMark } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { CircularVersions } from './circular-versions.tsx';
import { BandTable, Facts, monthText } from './publication-parts.tsx';
import {
  documentsOf,
  PUBLICATIONS,
  type PublicationName,
  readPublished,
  readSnapshot,
  type Snapshot,
} from './snapshots.ts';
import { StarTable } from './star-table.tsx';

/** One published document of a year. */
export function PublicationPage() {
  const { year = '', publication = '' } = useParams();
  if (!/^\d{4}$/.test(year) || !(publication in PUBLICATIONS)) return <NotFoundPage />;
  const name = publication as PublicationName;
  return (
    <Page title={`${year} 年度${PUBLICATIONS[name].title}`} lead={PUBLICATIONS[name].about}>
      <Documents year={Number(year)} name={name} />
      {name === 'notice' && <Notice year={Number(year)} />}
      {name === 'draw' && <Plan year={Number(year)} />}
      {name === 'announcement' && <Announcement year={Number(year)} />}
      {name === 'circular' && <CircularVersions year={Number(year)} />}
      <p>
        <Link to="/">返回公告公示</Link>
      </p>
    </Page>
  );
}

/** The signed document itself, in each of its formats. */
function Documents({ year, name }: { year: number; name: PublicationName }) {
  const published = useLoaded('published', readPublished);
  if (published.state !== 'ready') return null;
  const documents = documentsOf(published.value, year, name);
  if (documents.length === 0) return null;
  return (
    <p className="downloads">
      正式文件：
      {documents.map(({ format, title, href }) => (
        <a key={format} href={href} target={format === 'html' ? '_blank' : undefined} rel="noreferrer">
          {title}
        </a>
      ))}
    </p>
  );
}

function useSnapshot<N extends PublicationName>(year: number, name: N) {
  const load = useCallback(() => readSnapshot(year, name), [year, name]);
  return useLoaded(`${name} ${year}`, load);
}

function Notice({ year }: { year: number }) {
  return (
    <Show of={useSnapshot(year, 'notice')}>
      {(notice) => (
        <>
          {notice.sampleData && <SampleMark />}
          <Facts
            of={[
              ['发文字号', notice.number],
              ['发文单位', notice.centre],
              ['主送', notice.recipients],
              ['参评机构', `${notice.eligible} 家`],
              ['不参评机构', `${notice.leftOut} 家`],
              ['备案期满一年', `截至${monthText(notice.referenceMonth)}末`],
              ['自评期限', `${notice.selfEvaluationWorkingDays} 个工作日`],
              ['抽查比例', `每类 ${notice.sampling.percent}%，合计不少于 ${notice.sampling.atLeast} 家`],
              ['抽签种子的摘要', notice.commitment],
            ]}
          />
          <Rubric rubric={notice.rubric} />
        </>
      )}
    </Show>
  );
}

function Rubric({ rubric }: { rubric: Snapshot<'notice'>['rubric'] }) {
  const bands = rubric.stars.map(({ name, from }) => (from > 0 ? `${from} 分及以上${name}` : `其余${name}`));
  return (
    <section aria-labelledby="rubric">
      <h2 id="rubric">评分标准</h2>
      <p>{bands.join('；')}。</p>
      {rubric.parts.map(({ code, title, items }) => (
        <table key={code} className="rubric">
          <caption>
            {code} {title}（{items.reduce((sum, { points }) => sum + points, 0)} 分）
          </caption>
          <thead>
            <tr>
              <th scope="col">项目</th>
              <th scope="col">内容</th>
              <th scope="col">分值</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.code}>
                <td>{item.code}</td>
                <th scope="row">{item.title}</th>
                <td>{item.points}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function Plan({ year }: { year: number }) {
  return (
    <Show of={useSnapshot(year, 'draw')}>
      {({ number, seed, commitment, sampleData }) => (
        <>
          {sampleData && <SampleMark />}
          <Facts
            of={[
              ['发文字号', number],
              ['抽签种子', seed],
              ['种子的摘要', commitment],
            ]}
          />
          <p>
            <Link to={`/draw?year=${year}`}>查看抽中的机构，并在本机重新抽签复核</Link>
          </p>
        </>
      )}
    </Show>
  );
}

function Announcement({ year }: { year: number }) {
  return (
    <Show of={useSnapshot(year, 'announcement')}>
      {({ number, centre, workingDays, objections, population, bands, stars, sampleData }) => (
        <>
          {sampleData && <SampleMark />}
          <Facts
            of={[
              ['发文字号', number],
              ['发文单位', centre],
              ['公示期', `${workingDays} 个工作日`],
            ]}
          />
          <p>{objections}</p>
          <BandTable bands={bands} population={population} />
          <StarTable caption={`拟定三星级及以上机构 ${stars.length} 家`} rows={stars} />
        </>
      )}
    </Show>
  );
}
