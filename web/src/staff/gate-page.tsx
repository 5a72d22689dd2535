import { Alert } from 'antd';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import * as z from 'zod/mini';
import {
  GATES,
  type GateName,
  gateDefinition,
  MAY_CANCEL,
  type RunName,
  runOf,
  type Verdict,
} from '../../../shared/domain/gates.ts';
import { api } from '../session/api.ts';
import { roleTitle, usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import {
  type DossierLine,
  type RunView,
  readDossierLines,
  readRun,
  readYear,
  type WholeYear,
} from './cycle.ts';
import { MoveDeadline } from './deadline-form.tsx';
import { type Choice, Deliberate } from './deliberate.tsx';
import { GateFacts } from './gate-facts.tsx';
import { type RectificationLine, readRectificationLines } from './rectification.ts';
import { failedAgain, inspectable, SendBack } from './send-back.tsx';
import { Deadline } from './tasks.tsx';
import './staff.css';

/** What a page of a gate shows: the run that waits there and, in the year itself, its agencies. */
export interface AtGate {
  gate: GateName;
  run: RunView;
  year: WholeYear | undefined;
  lines: DossierLine[];
  /** In a rectification, its agencies. */
  rectifications: RectificationLine[];
}

const RUN_PATHS: Record<RunName, string> = {
  'annual-assessment': '',
  rectification: '/rectification',
  correction: '/correction',
};

async function readGate(year: string, gate: GateName): Promise<AtGate> {
  const name = runOf(gate);
  const none = { year: undefined, lines: [], rectifications: [] };
  if (name !== 'annual-assessment') {
    const run = await readRun(`/cycles/${year}${RUN_PATHS[name]}`);
    if (!run) throw new Error(`${year} 年度没有${name === 'rectification' ? '整改' : '更正'}`);
    const rectifications = name === 'rectification' ? await readRectificationLines(year) : [];
    return { ...none, gate, run, rectifications };
  }
  const [whole, lines] = await Promise.all([readYear(year), readDossierLines(year)]);
  return { ...none, gate, run: whole, year: whole, lines };
}

const VERDICTS: Record<Verdict, string> = {
  approve: '同意',
  return: '退回',
  complete: '完成',
  cancel: '取消',
};

/** A gate: what it waits for, on what grounds it is decided, the decision, and who decided before. */
export function GatePage() {
  const { year = '', gate = '' } = useParams();
  if (!/^\d{4}$/.test(year) || !(gate in GATES)) return <NotFoundPage />;
  const name = gate as GateName;
  return (
    <Page title={`${year} 年度${GATES[name].title}`}>
      <Gate key={`${year} ${gate}`} year={year} gate={name} />
    </Page>
  );
}

function Gate({ year, gate }: { year: string; gate: GateName }) {
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<string>();
  const loaded = useLoaded(
    `gate ${year} ${gate} ${round}`,
    useCallback(() => readGate(year, gate), [year, gate]),
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
            <Standing {...at} />
            <GateFacts {...at} />
            {at.run.gate?.gate === gate && <Decision key={at.run.gate.attempt} {...at} onDone={again} />}
            <Decided {...at} />
          </>
        )}
      </Show>
      <p>
        <Link to="/work">返回首页</Link>
      </p>
    </>
  );
}

function Standing({ gate, run }: AtGate) {
  const definition = gateDefinition(gate);
  if (run.gate?.gate !== gate) {
    const now = run.gate ? `目前办理的是“${GATES[run.gate.gate].title}”` : '没有正在办理的环节';
    return <p className="lead">本环节不在办理中，{now}。</p>;
  }
  const { attempt, openedAt, deadline } = run.gate;
  return (
    <p className="lead">
      {definition.waitsFor === 'decision'
        ? `由${roleTitle(definition.role)}办理`
        : '机构或检查人员的材料齐备后自动进入下一环节'}
      ，自 {printedInstant(openedAt)} 起{attempt > 1 && `（第 ${attempt} 次办理）`}
      {deadline && (
        <>
          ，<Deadline at={deadline} />
        </>
      )}
      。
    </p>
  );
}

function Decision({ onDone, ...at }: AtGate & { onDone: (said: string) => void }) {
  const { gate, run, lines, rectifications } = at;
  const { role } = usePerson();
  const [agencies, setAgencies] = useState<readonly string[]>([]);
  const choices = choicesOf(gate, run.year, role);
  const attempt = run.gate?.attempt ?? 1;
  const mayMove = role === 'handler' && Boolean(run.gate?.deadline);
  const needsAgencies = (verdict: Verdict) => verdict === 'return' && gate in RETURNED;
  const decide = async (verdict: Verdict, reason: string) => {
    const body = { attempt, verdict, reason, ...(needsAgencies(verdict) && { agencies }) };
    await api.post(`/cycles/${run.year}/gates/${gate}/decision`, body, z.unknown());
    onDone(`已办理：${VERDICTS[verdict]}，${gateDefinition(gate).title}。`);
  };
  return (
    <>
      {choices.length > 0 && (
        <Deliberate
          title="办理"
          choices={choices}
          send={decide}
          missing={(verdict) =>
            needsAgencies(verdict) && agencies.length === 0 ? `请选择${RETURNED[gate]}` : undefined
          }
        >
          {(verdict) =>
            needsAgencies(verdict) && (
              <SendBack
                title={RETURNED[gate] ?? ''}
                agencies={gate === 'reviewScores' ? inspectable(lines) : failedAgain(rectifications)}
                chosen={agencies}
                onChoose={setAgencies}
              />
            )
          }
        </Deliberate>
      )}
      {mayMove && <MoveDeadline gate={gate} run={run} onDone={onDone} />}
    </>
  );
}

/** Gates at which a return names agencies. */
const RETURNED: Partial<Record<GateName, string>> = {
  reviewScores: '退回重新现场检查的机构',
  signRecommendations: '退回重新认定的机构',
};

/** What this role may decide at a gate; nothing for whoever only looks. */
function choicesOf(gate: GateName, year: number, role: Parameters<typeof roleTitle>[0]): Choice<Verdict>[] {
  const definition = gateDefinition(gate);
  const isMine = definition.waitsFor === 'decision' && definition.role === role;
  const own: Choice<Verdict>[] = isMine
    ? (['approve', 'return'] as const).flatMap((value) => {
        const what = definition.verdicts[value];
        return what === undefined ? [] : [{ value, label: VERDICTS[value], what }];
      })
    : [];
  if (!MAY_CANCEL.includes(role)) return own;
  const cancel: Choice<Verdict> = {
    value: 'cancel',
    label: CANCEL[runOf(gate)],
    what: '停止后续各环节，已有记录保留，不能恢复',
    typed: `取消${year}`,
  };
  return [...own, cancel];
}

const CANCEL: Record<RunName, string> = {
  'annual-assessment': '取消本年度评估',
  rectification: '取消本次整改',
  correction: '取消本次更正',
};

/** Earlier decisions at this gate, the latest first: who, when, what and why. */
function Decided({ gate, run }: AtGate) {
  const decided = run.history.filter(({ type, data }) => type === 'gateDecided' && data.gate === gate);
  if (decided.length === 0) return null;
  return (
    <section aria-labelledby="decided">
      <h2 id="decided">办理记录</h2>
      <table className="cards">
        <caption className="hidden">本环节的办理记录</caption>
        <thead>
          <tr>
            <th scope="col">时间</th>
            <th scope="col">办理人</th>
            <th scope="col">意见</th>
            <th scope="col">理由</th>
          </tr>
        </thead>
        <tbody>
          {decided.toReversed().map(({ seq, at, by, data, reason }) => (
            <tr key={seq}>
              <td data-title="时间">{printedInstant(at)}</td>
              <td data-title="办理人">
                {by.name}（{roleTitle(by.role)}）
              </td>
              <td data-title="意见">{VERDICTS[data.verdict as Verdict]}</td>
              <td data-title="理由">{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
