import { Link } from 'react-router';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { PUBLICATIONS, type PublicationName, readPublished } from './snapshots.ts';

const NAMES = Object.keys(PUBLICATIONS) as PublicationName[];

/** All that was published, year by year. */
export function HomePage() {
  const published = useLoaded('published', readPublished);
  return (
    <Page title="公告公示" lead="技能人才评价机构年度星级评估的通知、抽查方案、公示和通报。">
      <Show of={published}>
        {({ years }) =>
          years.length === 0 ? (
            <Empty>还没有公布任何文件。年度评估通知批准后会在这里公布。</Empty>
          ) : (
            years.map(({ year, files }) => (
              <section key={year} aria-labelledby={`year-${year}`} className="year">
                <h2 id={`year-${year}`}>{year} 年度</h2>
                <ol className="publications">
                  {NAMES.map((name) => (
                    <Publication key={name} year={year} name={name} there={files.includes(`${name}.json`)} />
                  ))}
                </ol>
              </section>
            ))
          )
        }
      </Show>
    </Page>
  );
}

function Publication({ year, name, there }: { year: number; name: PublicationName; there: boolean }) {
  const { title, about } = PUBLICATIONS[name];
  return (
    <li className={there ? undefined : 'pending'}>
      {there ? <Link to={`/years/${year}/${name}`}>{title}</Link> : <span>{title}（尚未公布）</span>}
      <small>{about}</small>
    </li>
  );
}
