import { type ReactNode, useState } from 'react';
import { findItem, type RubricItem } from '../../../shared/domain/rubric.ts';
import { usePerson } from '../session/person.ts';
import { type AtDossier, useAct } from './act.ts';
import { CorrectionForm, type Drafted, draftedProblem } from './correction-form.tsx';
import { Deliberate } from './deliberate.tsx';
import { FlagTreatment } from './flag-treatment.tsx';

interface ActsProps extends AtDossier {
  nameOf: (inspector: string) => string;
  /** The items side by side, with what belongs below each. */
  table: (below?: (item: RubricItem) => ReactNode) => ReactNode;
}

/** The items and below them what this role may do with the dossier as it stands. Whoever may do nothing sees no form. */
export function DossierActs({ table, ...at }: ActsProps) {
  const { role } = usePerson();
  const { dossier, cycle } = at;
  const gate = cycle.gate?.gate;
  const reviewing = role === 'handler' && dossier.status === 'submitted' && gate === 'reviewAtDesk';
  const returning = role === 'handler' && dossier.status === 'submitted' && gate === 'collectSelfEvaluations';
  const deciding = role === 'approver';
  const replying = REPLIES.find((reply) => reply.role === role && reply.status === dossier.status);
  if (reviewing) return <DeskReview {...at} table={table} />;
  if (replying) return <Reply {...at} table={table} reply={replying} />;
  return (
    <>
      {table()}
      {returning && <Return {...at} />}
      {role === 'handler' && dossier.setAside && <Clearance {...at} />}
      {deciding && <NotApplicable {...at} />}
      {deciding && <RecusalDecisions {...at} />}
    </>
  );
}

function useCorrections() {
  const [drafted, setDrafted] = useState<Drafted>({});
  const below = (at: AtDossier) => (item: RubricItem) => (
    <CorrectionForm item={item} dossier={at.dossier} drafted={drafted} onChange={setDrafted} />
  );
  const corrections = Object.entries(drafted).map(([item, one]) => ({ item, ...one }));
  return { drafted, below, corrections };
}

function DeskReview({ table, ...at }: ActsProps) {
  const act = useAct(at);
  const { drafted, below, corrections } = useCorrections();
  const what =
    corrections.length > 0
      ? `以更正后的 ${corrections.length} 项数据（${corrections.map(({ item }) => item).join('、')}）进入抽查和计分`
      : '以机构填报的数据进入抽查和计分';
  return (
    <>
      {table(below(at))}
      <FlagTreatment {...{ drafted, corrections, ...at }} />
      <Deliberate
        title="材料复核"
        choices={[{ value: 'review', label: '完成材料复核', what }]}
        reasonTitle="复核意见"
        missing={() => draftedProblem(at.cycle.rubric, drafted)}
        send={(_choice, reason) => act('desk-review', { corrections, reason }, '已完成材料复核。')}
      />
    </>
  );
}

/** Who replies to what an agency says of a result, and in which words. */
const REPLIES = [
  {
    role: 'handler',
    status: 'answered',
    act: 'answer-decision',
    title: '答复陈述申辩',
    upheld: '采纳',
    rejected: '不采纳',
    stands: '维持初评结果，理由告知机构',
  },
  {
    role: 'approver',
    status: 'objected',
    act: 'objection-decision',
    title: '异议处理',
    upheld: '异议成立',
    rejected: '异议不成立',
    stands: '维持公示结果，理由告知机构',
  },
] as const;

function Reply({ table, reply, ...at }: ActsProps & { reply: (typeof REPLIES)[number] }) {
  const act = useAct(at);
  const { drafted, below, corrections } = useCorrections();
  const missing = (choice: 'upheld' | 'rejected') => {
    if (choice === 'rejected') return undefined;
    if (corrections.length === 0) return `${reply.upheld}时，请在相应项目下更正数据`;
    return draftedProblem(at.cycle.rubric, drafted);
  };
  return (
    <>
      {table(below(at))}
      <NewMaterial {...at} />
      <Deliberate
        title={reply.title}
        choices={[
          {
            value: 'upheld',
            label: reply.upheld,
            what: `更正 ${corrections.length} 项数据，只对该机构重新计分`,
          },
          { value: 'rejected', label: reply.rejected, what: reply.stands },
        ]}
        missing={missing}
        send={(verdict, reason) => {
          const body = { verdict, reason, corrections: verdict === 'upheld' ? corrections : [] };
          return act(reply.act, body, `已处理：${reply[verdict]}。`);
        }}
      />
    </>
  );
}

/** What the agency does not know yet is put to it before anybody replies. */
function NewMaterial(at: AtDossier) {
  const act = useAct(at);
  return (
    <details>
      <summary>有机构尚不知道的新材料</summary>
      <Deliberate
        title="新材料交机构说明"
        choices={[{ value: 'put', label: '交机构说明', what: '机构说明前或期满前，不作出处理' }]}
        reasonTitle="新的事实"
        send={(_choice, reason) => act('materials', { reason }, '已交机构说明。')}
      />
    </details>
  );
}

function Return(at: AtDossier) {
  const act = useAct(at);
  return (
    <Deliberate
      title="退回自评"
      choices={[{ value: 'return', label: '退回更正', what: '机构须在截止前更正后重新提交，原提交保留' }]}
      send={(_choice, reason) => act('return', { reason }, '已退回机构更正。')}
    />
  );
}

function Clearance(at: AtDossier) {
  const act = useAct(at);
  return (
    <Deliberate
      title="解除数据问题"
      choices={[{ value: 'clear', label: '解除', what: '该机构从下一环节起恢复处理' }]}
      send={(_choice, reason) => act('clearance', { reason }, '已解除数据问题。')}
    />
  );
}

function NotApplicable(at: AtDossier) {
  const act = useAct(at);
  const { dossier, cycle } = at;
  return dossier.undecidedItems.map((code) => (
    <Deliberate
      key={code}
      title={`不适用审批：${code} ${findItem(cycle.rubric, code)?.title ?? ''}`}
      choices={[
        { value: 'approve', label: '同意', what: '该项不计入总分，按其余项目折算' },
        { value: 'refuse', label: '不同意', what: '该项照常计分' },
      ]}
      send={(choice, reason) => {
        const approved = choice === 'approve';
        const said = `${code} 已办理：${approved ? '同意' : '不同意'}不适用。`;
        return act('not-applicable', { item: code, approved, reason }, said);
      }}
    >
      {() => <p>机构申报理由：{dossier.submission?.answers.items[code]?.notApplicable?.reason}</p>}
    </Deliberate>
  ));
}

function RecusalDecisions({ nameOf, ...at }: Omit<ActsProps, 'table'>) {
  const act = useAct(at);
  const open = at.dossier.recusals.filter(({ granted }) => granted === undefined);
  return open.map(({ inspector, reason: asked }) => (
    <Deliberate
      key={inspector}
      title={`回避申请：${nameOf(inspector)}`}
      choices={[
        { value: 'grant', label: '同意回避', what: '该督导员不再参加对该机构的检查，由下一签位替补' },
        { value: 'refuse', label: '不同意回避', what: '该督导员照常参加检查' },
      ]}
      send={(choice, reason) => {
        const granted = choice === 'grant';
        return act('recusal-decisions', { inspector, granted, reason }, '回避申请已决定。');
      }}
    >
      {() => <p>申请理由：{asked}</p>}
    </Deliberate>
  ));
}
