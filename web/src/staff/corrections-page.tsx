import { Alert } from 'antd';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import * as z from 'zod/mini';
import { type AgencyChange, CORRECTION_STATUSES } from '../../../shared/domain/correction.ts';
import { gateDefinition } from '../../../shared/domain/gates.ts';
import { api } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import {
  type CorrectionYear,
  correctionPath,
  readCorrection,
  readVersions,
  type Version,
} from './correction.ts';
import { CorrectionDraft } from './correction-draft.tsx';
import { Changes, EffectTables } from './correction-effect.tsx';
import { type DossierLine, readDossierLines, readYear, type WholeYear } from './cycle.ts';
import { YearChoice } from './year-choice.tsx';
import './staff.css';
import { printedDay } from '../ui/dates.ts';

/** Corrections of published results and revocations of stars: the draft, what it changes, and every version. */
export function CorrectionsPage() {
  return (
    <Page
      title="更正和撤销"
      lead="已公布的结果不改动：更正和撤销经审核、签发后公布为新的版本，原版本保留并注明已被取代。"
    >
      <YearChoice
        among={({ status }) => status === 'published'}
        none="还没有公布过年度评估结果。结果公布后，可以在这里更正。"
      >
        {(year) => <Corrections key={year} year={year} />}
      </YearChoice>
    </Page>
  );
}

interface AtYear {
  cycle: WholeYear;
  lines: DossierLine[];
  run: CorrectionYear | null;
  versions: Version[];
}

async function readAt(year: number): Promise<AtYear> {
  const [cycle, lines, run, versions] = await Promise.all([
    readYear(year),
    readDossierLines(year),
    readCorrection(year),
    readVersions(year),
  ]);
  return {
    cycle,
    lines: lines.filter(({ status, score }) => status === 'published' && score),
    run,
    versions,
  };
}

function Corrections({ year }: { year: number }) {
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<string>();
  const { role } = usePerson();
  const loaded = useLoaded(
    `corrections ${year} ${round}`,
    useCallback(() => readAt(year), [year]),
  );
  const again = (said: string) => {
    setDone(said);
    setRound((count) => count + 1);
  };
  return (
    <>
      <div aria-live="polite">{done && <Alert type="success" showIcon title={done} />}</div>
      <Show of={loaded}>
        {(at) => (
          <>
            <Versions year={year} versions={at.versions} />
            {at.run ? <Standing {...at} run={at.run} /> : <Empty>{year} 年度的结果没有更正过。</Empty>}
            {role === 'handler' && <Draft key={round} {...at} onDone={again} />}
          </>
        )}
      </Show>
    </>
  );
}

function Versions({ year, versions }: { year: number; versions: readonly Version[] }) {
  return (
    <table className="cards">
      <caption>{year} 年度公布的各个版本</caption>
      <thead>
        <tr>
          <th scope="col">版本</th>
          <th scope="col">内容</th>
          <th scope="col">日期</th>
          <th scope="col">效力</th>
          <th scope="col">清单摘要</th>
        </tr>
      </thead>
      <tbody>
        {versions.map(({ version, kind, title, publishedOn, supersededBy, manifest }) => (
          <tr key={version}>
            <th scope="row">
              {kind === 'rectification' ? (
                `第 ${version} 版`
              ) : (
                <Link to={`/years/${year}/circular?version=${version}`}>第 {version} 版</Link>
              )}
            </th>
            <td data-title="内容">{title}</td>
            <td data-title="日期">{publishedOn ? printedDay(publishedOn) : '随通报公布'}</td>
            <td data-title="效力">{effectOf(kind, supersededBy)}</td>
            <td data-title="清单摘要" className="code">
              {manifest.slice(0, 16)}…
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function effectOf(kind: Version['kind'], supersededBy: number | null): string {
  if (kind === 'rectification') return '归档，不公布';
  return supersededBy === null ? '现行' : `已被第 ${supersededBy} 版取代`;
}

function Standing({ cycle, lines, run }: AtYear & { run: CorrectionYear }) {
  const { year, status, gate, round, reason, changes } = run;
  const nameOf = (filingNumber: string) =>
    lines.find((line) => line.filingNumber === filingNumber)?.name ?? filingNumber;
  return (
    <section aria-labelledby="standing">
      <h2 id="standing">第 {round} 次更正</h2>
      <p className="lead">
        <span className={`status ${status}`}>{CORRECTION_STATUSES[status]}</span>
        {gate && (
          <>
            当前环节：<Link to={`/work/gates/${year}/${gate.gate}`}>{gateDefinition(gate.gate).title}</Link>
          </>
        )}
      </p>
      <p>更正的原因：{reason}</p>
      <Changes rubric={cycle.rubric} changes={changes} nameOf={nameOf} />
      <EffectTables effect={run} />
    </section>
  );
}

/** A new correction where none is under way; the draft anew while it is with the handler. */
function Draft({ cycle, lines, run, onDone }: AtYear & { onDone: (said: string) => void }) {
  const { year } = cycle;
  const path = correctionPath(year);
  if (run?.status === 'open') {
    if (run.gate?.gate !== 'prepareCorrection') return null;
    const redraft = async (changes: readonly AgencyChange[], reason: string) => {
      await api.put(path, { changes, reason }, z.unknown());
      onDone('更正稿已修改。');
    };
    return (
      <CorrectionDraft
        {...{ cycle, lines }}
        before={run}
        title="修改更正稿"
        what="以现在的内容取代原更正稿，之后在“拟定更正”环节送负责人审核"
        send={redraft}
      />
    );
  }
  const start = async (changes: readonly AgencyChange[], reason: string) => {
    await api.post(path, { changes, reason }, z.unknown());
    onDone('更正已发起，请在“拟定更正”环节送负责人审核。');
  };
  const failed = run?.status === 'failed' ? run : undefined;
  return (
    <>
      {failed && (
        <Alert type="warning" showIcon title="上次更正没有公布完成，原内容已填入，核对后可重新提出。" />
      )}
      <CorrectionDraft
        {...{ cycle, lines }}
        before={failed}
        title="发起更正或撤销"
        what="更正稿记入签名记录，由您在“拟定更正”环节送负责人审核；签发前不改变已公布的结果"
        send={start}
      />
    </>
  );
}
