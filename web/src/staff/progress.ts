/** How far a year's work has come, as an office counts it: so many in all, so many done. */
import type { DossierStatus } from '../../../shared/domain/dossier.ts';
import { ASSESSMENT_GATES, type GateName } from '../../../shared/domain/gates.ts';
import type { DossierLine, HistoryLine, RunView } from './cycle.ts';

interface Count {
  total: number;
  done: number;
  /** What there is so much of, and what is done with it: `应提交自评 13 家，已提交 9 家`. */
  text: string;
}

const BEFORE_REVIEW: readonly DossierStatus[] = ['leftOut', 'collecting', 'notFiled'];

const REPLYING: readonly DossierStatus[] = ['drafted', 'answered', 'heard'];

/** Counts at a gate that waits for the agencies' records; nothing elsewhere. */
export function progressAt(gate: GateName, lines: readonly DossierLine[]): Count | undefined {
  const is = (status: DossierStatus) => (line: DossierLine) => line.status === status;
  switch (gate) {
    case 'collectSelfEvaluations': {
      const asked = lines.filter((line) => line.status !== 'leftOut');
      return count(asked, is('collecting'), (total, done) => `应提交自评 ${total} 家，已提交 ${done} 家`);
    }
    case 'reviewAtDesk': {
      const filed = lines.filter(({ status }) => !BEFORE_REVIEW.includes(status));
      return count(filed, is('submitted'), (total, done) => `应复核 ${total} 家，已复核 ${done} 家`);
    }
    case 'inspectOnSite': {
      const drawn = lines.filter(({ inspectors, status }) => inspectors.length > 0 || status === 'visiting');
      return count(drawn, is('visiting'), (total, done) => `应检查 ${total} 家，已检查 ${done} 家`);
    }
    case 'answerDraftResults': {
      const sent = lines.filter(({ status }) => REPLYING.includes(status));
      const isOpen = ({ status }: DossierLine) => status !== 'heard';
      return count(sent, isOpen, (total, done) => `已反馈初评结果 ${total} 家，已办结 ${done} 家`);
    }
    case 'receiveObjections': {
      const total = lines.reduce((sum, { objections }) => sum + objections, 0);
      const done = total - lines.reduce((sum, { openObjections }) => sum + openObjections, 0);
      return { total, done, text: total === 0 ? '尚未收到异议' : `收到异议 ${total} 件，已处理 ${done} 件` };
    }
    default:
      return undefined;
  }
}

function count(
  of: readonly DossierLine[],
  isOpen: (line: DossierLine) => boolean,
  text: (total: number, done: number) => string,
): Count {
  const total = of.length;
  const done = of.filter((line) => !isOpen(line)).length;
  return { total, done, text: text(total, done) };
}

export interface Step {
  gate: GateName;
  title: string;
  state: 'done' | 'current' | 'ahead';
  /** When it was decided last, or its deadline while it waits. */
  at: string | null;
  deadline: string | null;
  /** How often it was opened: more than once after a return. */
  openings: number;
}

const ofGate = (gate: GateName, type: string, history: readonly HistoryLine[]) =>
  history.filter((line) => line.type === type && line.data.gate === gate);

/** The year's gates in their order, each with where it stands. What lies behind a return is ahead again. */
export function stepsOf({ status, gate: waiting, history }: RunView): Step[] {
  const names = Object.keys(ASSESSMENT_GATES) as (keyof typeof ASSESSMENT_GATES)[];
  const last = history.findLast((line) => line.type === 'gateOpened')?.data.gate;
  const at = names.findIndex((gate) => gate === (waiting?.gate ?? last));
  const isOver = status === 'published';
  return names.map((gate, index) => {
    const isCurrent = waiting?.gate === gate;
    const isDone = isOver || (!isCurrent && index <= at);
    return {
      gate,
      title: ASSESSMENT_GATES[gate].title,
      state: isCurrent ? 'current' : isDone ? 'done' : 'ahead',
      at: isDone ? (ofGate(gate, 'gateDecided', history).at(-1)?.at ?? null) : null,
      deadline: (isCurrent && waiting.deadline) || null,
      openings: ofGate(gate, 'gateOpened', history).length,
    };
  });
}
