/**
 * The gates of the runs: the steps at which the workflow waits for people. A gate that waits for a decision names who may
 * decide and how; a gate that waits for records opens when the last one is in or its deadline has passed.
 */
import type { Role } from './history.ts';

interface DecisionGate {
  title: string;
  waitsFor: 'decision';
  role: Role;
  /** What may be decided, and what will happen; cancelling is possible at every gate. */
  verdicts: Partial<Record<Verdict, string>>;
}

interface RecordsGate {
  title: string;
  waitsFor: 'records';
  /**
   * `either`: the last record or the deadline; `both`: not before the deadline, and all records; `records`: no deadline;
   * `replies`: the last record or the deadline, but never over what waits for the centre itself.
   */
  opens: 'either' | 'both' | 'records' | 'replies';
  verdicts: Partial<Record<Verdict, string>>;
}

/** A gate waits so many days; after that the run is taken for lost. The state machines' files say the same in seconds. */
export const GATE_DAYS = 300;

export type Verdict = 'approve' | 'return' | 'complete' | 'cancel';

/** Of the year itself, from the notice to the circular. */
export const ASSESSMENT_GATES = {
  prepareNotice: {
    title: '拟定评估通知',
    waitsFor: 'decision',
    role: 'handler',
    verdicts: { approve: '送负责人审批' },
  },
  approveNotice: {
    title: '审批评估通知',
    waitsFor: 'decision',
    role: 'approver',
    verdicts: { approve: '发布通知，机构开始自评；评分标准不再修改', return: '退回经办人修改' },
  },
  collectSelfEvaluations: {
    title: '机构自评',
    waitsFor: 'records',
    opens: 'either',
    verdicts: { complete: '进入材料复核' },
  },
  reviewAtDesk: {
    title: '材料复核',
    waitsFor: 'records',
    opens: 'records',
    verdicts: { complete: '抽取现场检查对象' },
  },
  approvePlan: {
    title: '审批抽查方案',
    waitsFor: 'decision',
    role: 'approver',
    verdicts: { approve: '公布抽查方案和抽签种子，开始现场检查', return: '按最新回避和风险情况重新生成方案' },
  },
  inspectOnSite: {
    title: '现场检查',
    waitsFor: 'records',
    opens: 'either',
    verdicts: { complete: '开始计分' },
  },
  reviewScores: {
    title: '审核评分结果',
    waitsFor: 'decision',
    role: 'approver',
    verdicts: { approve: '向机构反馈初评结果', return: '退回所列机构重新现场检查' },
  },
  answerDraftResults: {
    title: '初评结果反馈',
    waitsFor: 'records',
    opens: 'replies',
    verdicts: { complete: '公示拟定星级' },
  },
  receiveObjections: {
    title: '公示与异议',
    waitsFor: 'records',
    opens: 'both',
    verdicts: { complete: '起草通报' },
  },
  prepareCircular: {
    title: '拟定通报',
    waitsFor: 'decision',
    role: 'handler',
    verdicts: { approve: '送主任签发' },
  },
  signCircular: {
    title: '签发通报',
    waitsFor: 'decision',
    role: 'director',
    verdicts: { approve: '签发并公布通报，公布后不能修改', return: '退回经办人修改' },
  },
} as const satisfies Record<string, DecisionGate | RecordsGate>;

/** Of the rectification of those that failed. */
export const RECTIFICATION_GATES = {
  correctDefects: {
    title: '机构整改',
    waitsFor: 'records',
    opens: 'either',
    verdicts: { complete: '抽取复查人员' },
  },
  recheckCorrections: {
    title: '整改复查',
    waitsFor: 'records',
    opens: 'records',
    verdicts: { complete: '认定整改结果' },
  },
  decideRectifications: {
    title: '认定整改结果',
    waitsFor: 'records',
    opens: 'records',
    verdicts: { complete: '汇总整改不合格机构' },
  },
  signRecommendations: {
    title: '签发处理建议',
    waitsFor: 'decision',
    role: 'director',
    verdicts: { approve: '向备案机关提出处理建议', return: '退回所列机构重新认定' },
  },
} as const satisfies Record<string, DecisionGate | RecordsGate>;

/** Of a correction of what was published. */
export const CORRECTION_GATES = {
  prepareCorrection: {
    title: '拟定更正',
    waitsFor: 'decision',
    role: 'handler',
    verdicts: { approve: '送负责人审核' },
  },
  approveCorrection: {
    title: '审核更正',
    waitsFor: 'decision',
    role: 'approver',
    verdicts: { approve: '送主任签发', return: '退回经办人修改' },
  },
  signCorrection: {
    title: '签发更正',
    waitsFor: 'decision',
    role: 'director',
    verdicts: { approve: '公布更正后的版本，原版本保留并注明已被取代', return: '退回经办人修改' },
  },
} as const satisfies Record<string, DecisionGate | RecordsGate>;

/** Which run of a year waits at which gates: each run is a state machine of its own and is named like it. */
export const RUN_GATES = {
  'annual-assessment': ASSESSMENT_GATES,
  rectification: RECTIFICATION_GATES,
  correction: CORRECTION_GATES,
} as const;
export type RunName = keyof typeof RUN_GATES;
export const RUN_NAMES = Object.keys(RUN_GATES) as RunName[];

export const GATES = { ...ASSESSMENT_GATES, ...RECTIFICATION_GATES, ...CORRECTION_GATES } as const;

export type GateName = keyof typeof GATES;
export const GATE_NAMES = Object.keys(GATES) as [GateName, ...GateName[]];

/** At which gates the work is done that a decision approves: nobody approves what they themselves prepared. */
export const PREPARED_AT: Partial<Record<GateName, readonly GateName[]>> = {
  approveNotice: ['prepareNotice'],
  signCircular: ['reviewScores', 'prepareCircular'],
  approveCorrection: ['prepareCorrection'],
  signCorrection: ['prepareCorrection', 'approveCorrection'],
};

/** Roles that may cancel a cycle, at any gate, with a reason. */
export const MAY_CANCEL: readonly Role[] = ['approver', 'director'];

/** The run that waits at a gate. */
export function runOf(gate: GateName): RunName {
  const found = RUN_NAMES.find((name) => gate in RUN_GATES[name]);
  if (!found) throw new TypeError(`no run waits at ${gate}`);
  return found;
}

export type GateDefinition = DecisionGate | RecordsGate;

export function gateDefinition(gate: GateName): GateDefinition {
  return GATES[gate];
}
