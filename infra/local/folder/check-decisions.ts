/** Whether the planned decisions can be taken: known people in the right roles, nobody deciding on their own work. */

import type { Facts } from '../../../shared/domain/facts.ts';
import { factsProblems } from '../../../shared/domain/facts.ts';
import { GATES, type GateDefinition, MAY_CANCEL, PREPARED_AT } from '../../../shared/domain/gates.ts';
import { ROLES, type Role } from '../../../shared/domain/history.ts';
import type { Reading } from './filings.ts';
import { DECIDED_GATES, type DecisionsFile } from './schemas.ts';
import type { DecidedGate, FiledObjection, Inspection, PlannedDecision, SelfEvaluation } from './types.ts';
import type { YamlFile } from './yaml-file.ts';

export const DECISIONS = 'decisions.yaml';

const REVIEWS: readonly Role[] = ['handler'];
const APPROVES_NOT_APPLICABLE: readonly Role[] = ['approver'];
/** Who replies to answers to draft results and who to objections, and how these are called. */
const REPLIES = {
  answers: { roles: ['handler'], title: '申辩', verdicts: ['采纳', '不采纳'] },
  objections: { roles: ['approver'], title: '异议', verdicts: ['成立', '不成立'] },
} as const satisfies Record<string, { roles: readonly Role[]; title: string; verdicts: [string, string] }>;

export interface DecisionContext extends Reading {
  yaml: YamlFile<DecisionsFile>;
  /** The roles of each person of the staff. */
  rolesOf: ReadonlyMap<string, readonly Role[]>;
  filed: ReadonlyMap<string, SelfEvaluation>;
  inspections: ReadonlyMap<string, Inspection>;
  answers: readonly FiledObjection[];
  objections: readonly FiledObjection[];
}

export function checkDecisions(context: DecisionContext): void {
  for (const gate of DECIDED_GATES) checkGate(context, gate);
  checkComplete(context);
  checkDeskReview(context);
  checkJointEntries(context);
  checkReplies(context, 'answers');
  checkReplies(context, 'objections');
}

type Path = readonly (string | number)[];

/** Tells a problem at a path of the file. */
function tell(
  { yaml, problems }: DecisionContext,
  path: Path,
  message: string,
  severity: 'error' | 'warn' = 'error',
) {
  problems[severity]({ file: DECISIONS, row: yaml.lineOf(path), field: path.join('.') }, message);
}

function checkPerson(context: DecisionContext, path: Path, by: string, allowed: readonly Role[]): void {
  const roles = context.rolesOf.get(by);
  const titles = allowed.map((role) => ROLES[role]).join('或');
  if (!roles) tell(context, path, `settings.yaml 的人员中没有“${by}”，请改为已列出的${titles}的 id`);
  else if (!roles.some((role) => allowed.includes(role))) {
    const own = roles.map((role) => ROLES[role]).join('、');
    tell(context, path, `“${by}”是${own}，此事应由${titles}办理`);
  }
}

function checkGate(context: DecisionContext, gate: DecidedGate): void {
  const definition: GateDefinition = GATES[gate];
  const decisions = context.yaml.value[gate];
  decisions.forEach((decision, index) => {
    const { by, verdict } = decision;
    const path = [gate, index];
    const allowed =
      verdict === 'cancel' ? MAY_CANCEL : definition.waitsFor === 'decision' ? [definition.role] : [];
    checkPerson(context, [...path, 'by'], by, allowed);
    if (verdict !== 'cancel' && !definition.verdicts[verdict]) {
      const verdicts = [...Object.keys(definition.verdicts), 'cancel'].join('、');
      tell(context, [...path, 'verdict'], `“${definition.title}”不能作出 ${verdict}，可用：${verdicts}`);
    }
    checkReturned(context, gate, decision, path);
    const prepared =
      PREPARED_AT[gate]?.flatMap((earlier) => context.yaml.value[earlier as DecidedGate]) ?? [];
    if (verdict !== 'cancel' && prepared.some((work) => work.by === by)) {
      tell(
        context,
        [...path, 'by'],
        `“${by}”参与了此前的工作，不能自己审批，请由其他${roleTitle(definition)}办理`,
      );
    }
  });
}

const roleTitle = (definition: GateDefinition) =>
  definition.waitsFor === 'decision' ? ROLES[definition.role] : '人员';

function checkReturned(
  context: DecisionContext,
  gate: DecidedGate,
  decision: PlannedDecision,
  path: Path,
): void {
  const { verdict, agencies } = decision;
  const sendsBack = gate === 'reviewScores' && verdict === 'return';
  if (sendsBack && agencies.length === 0) {
    tell(context, path, '退回重新检查须在 agencies 中列出机构备案号');
  } else if (!sendsBack && agencies.length > 0) {
    tell(context, [...path, 'agencies'], '只有 reviewScores 的 return 才列出机构，请删去');
  }
  agencies.forEach((filingNumber, index) => {
    checkAgency(context, [...path, 'agencies', index], filingNumber);
  });
}

function checkAgency(context: DecisionContext, path: Path, filingNumber: string): boolean {
  const at = { file: DECISIONS, row: context.yaml.lineOf(path), field: path.join('.') };
  return context.population.admits(filingNumber, at, context.problems);
}

/** Every gate needs a decision, unless the year is cancelled. */
function checkComplete(context: DecisionContext): void {
  const decisions = context.yaml.value;
  if (DECIDED_GATES.some((gate) => decisions[gate].some(({ verdict }) => verdict === 'cancel'))) return;
  for (const gate of DECIDED_GATES) {
    const { title } = GATES[gate];
    const last = decisions[gate].at(-1);
    if (!last) tell(context, [gate], `缺少“${title}”的决定，请补填 ${gate}`);
    else if (last.verdict === 'return') {
      tell(context, [gate], `“${title}”最后一次为退回，再次办理时将没有决定可用，请补填`, 'warn');
    }
  }
}

function checkFacts(context: DecisionContext, path: Path, item: string, facts?: Facts): void {
  for (const { message } of factsProblems(context.rubric, { items: { [item]: { facts } }, bonus: {} })) {
    tell(context, [...path, facts ? 'facts' : 'item'], `${item}：${message}`);
  }
}

function checkDeskReview(context: DecisionContext): void {
  const { deskReview } = context.yaml.value;
  checkPerson(context, ['deskReview', 'by'], deskReview.by, REVIEWS);
  deskReview.corrections.forEach(({ filingNumber, item, facts }, index) => {
    const path = ['deskReview', 'corrections', index];
    if (checkAgency(context, [...path, 'filingNumber'], filingNumber) && !context.filed.has(filingNumber)) {
      tell(context, [...path, 'filingNumber'], `${filingNumber} 没有自评表，无可更正`);
    }
    checkFacts(context, path, item, facts);
  });
  deskReview.acceptedFlags.forEach(({ filingNumber, item }, index) => {
    const path = ['deskReview', 'acceptedFlags', index];
    if (filingNumber) checkAgency(context, [...path, 'filingNumber'], filingNumber);
    if (item) checkFacts(context, path, item);
  });
  deskReview.notApplicable.forEach(({ filingNumber, item, by }, index) => {
    const path = ['deskReview', 'notApplicable', index];
    checkPerson(context, [...path, 'by'], by, APPROVES_NOT_APPLICABLE);
    if (by === deskReview.by) tell(context, [...path, 'by'], `“${by}”是材料复核人，不适用应由另一人批准`);
    const claimed = context.filed.get(filingNumber)?.answers.items[item]?.notApplicable;
    if (checkAgency(context, [...path, 'filingNumber'], filingNumber) && !claimed) {
      tell(context, [...path, 'item'], `${filingNumber} 的自评表没有申报 ${item} 不适用`);
    }
  });
  warnOfOpenDeclarations(context);
}

function warnOfOpenDeclarations(context: DecisionContext): void {
  const { notApplicable } = context.yaml.value.deskReview;
  for (const [filingNumber, { answers }] of context.filed) {
    for (const [item, answer] of Object.entries(answers.items)) {
      const decided = notApplicable.some((one) => one.filingNumber === filingNumber && one.item === item);
      if (!answer.notApplicable || decided) continue;
      const message = `${filingNumber} 申报 ${item} 不适用，尚无人决定；不批准的按未填报计 0 分`;
      tell(context, ['deskReview', 'notApplicable'], message, 'warn');
    }
  }
}

function checkJointEntries(context: DecisionContext): void {
  const { jointEntries } = context.yaml.value;
  jointEntries.forEach(({ filingNumber, item, recorded }, index) => {
    const path = ['jointEntries', index];
    if (checkAgency(context, [...path, 'filingNumber'], filingNumber)) {
      const found = context.inspections.get(filingNumber)?.answers.items[item]?.facts;
      if (!found) tell(context, [...path, 'item'], `${filingNumber} 的检查记录没有 ${item}`);
    }
    checkFacts(context, path, item, recorded);
    const same = (one: (typeof jointEntries)[number]) =>
      one.filingNumber === filingNumber && one.item === item;
    if (jointEntries.findIndex(same) < index) tell(context, path, `${item} 写了两次，请只保留一次`);
  });
}

function checkReplies(context: DecisionContext, kind: keyof typeof REPLIES): void {
  const { roles, title, verdicts } = REPLIES[kind];
  const decisions = context.yaml.value[kind];
  const filed = context[kind];
  decisions.forEach(({ filingNumber, number, by, verdict, corrections }, index) => {
    const path = [kind, index];
    checkPerson(context, [...path, 'by'], by, roles);
    const same = (one: { filingNumber: string; number: number }) =>
      one.filingNumber === filingNumber && one.number === number;
    const objection = filed.find(same);
    const file = kind === 'answers' ? filingNumber : `${filingNumber}-${number}`;
    if (!objection) tell(context, path, `没有${title}文件 ${kind}/${file}.yaml`);
    if (decisions.findIndex(same) < index) tell(context, path, `同一${title}有两个决定，请只保留一个`);
    if (verdict === 'upheld' && corrections.length === 0) {
      tell(context, path, `${title}${verdicts[0]}的，须在 corrections 中写明更正后的数据`);
    } else if (verdict === 'rejected' && corrections.length > 0) {
      tell(context, [...path, 'corrections'], `${title}${verdicts[1]}的不更正数据，请删去 corrections`);
    }
    corrections.forEach(({ item, facts }, place) => {
      const at = [...path, 'corrections', place];
      checkFacts(context, at, item, facts);
      if (objection && !objection.items.includes(item))
        tell(context, [...at, 'item'], `${title}没有涉及项目 ${item}`);
    });
  });
  for (const { filingNumber, number, source } of filed) {
    if (decisions.some((one) => one.filingNumber === filingNumber && one.number === number)) continue;
    tell(context, [kind], `${source} 没有处理决定，请补填`);
  }
}
