/** What a year asks of the agency now, and by when: in words, with the page where it is done. */
import type { CycleLine } from '../work/cycles.ts';
import type { DossierView } from './dossier.ts';
import type { Rectification } from './rectification.ts';

export interface Ask {
  /** Whether the agency has to do something itself. */
  todo: boolean;
  text: string;
  deadline?: string | undefined;
  /** Where it is done; absent: there is nothing to do but wait. */
  at?: { to: string; title: string };
}

/** Whether the form is open: while self-evaluations are collected, and for what is handed back at the desk. */
export function mayFile({ gate }: Pick<CycleLine, 'gate'>, { status }: Pick<DossierView, 'status'>): boolean {
  const open = gate?.gate === 'collectSelfEvaluations' || gate?.gate === 'reviewAtDesk';
  return status === 'collecting' && open;
}

export function askOf(
  cycle: CycleLine,
  dossier: DossierView | undefined,
  rectification?: Rectification,
): Ask {
  if (rectification?.status === 'notified') {
    return {
      todo: true,
      text: '评估不合格，请按整改通知书逐项整改，上传证明材料后提交。',
      deadline: rectification.deadline,
      at: { to: `/work/years/${cycle.year}/rectification`, title: '登记整改' },
    };
  }
  if (!dossier) return { todo: false, text: '本机构不在本年度评估范围。' };
  if (dossier.leftOut) return { todo: false, text: `本年度不参评：${dossier.leftOut.reason}。` };
  if (cycle.status === 'cancelled') return { todo: false, text: '本年度评估已取消，无需办理。' };
  const year = `/work/years/${cycle.year}`;
  const accused = dossier.vetoes.find(({ heard, outcome }) => !heard && !outcome);
  if (accused) {
    return {
      todo: true,
      text: '有对本机构一票否决的立案。请查看所依据的事实和证据，在期限内陈述申辩。',
      deadline: accused.answerBy,
      at: { to: year, title: '查看并陈述申辩' },
    };
  }
  const deadline = cycle.gate?.deadline ?? undefined;
  switch (dossier.status) {
    case 'collecting':
      if (!mayFile(cycle, dossier)) return { todo: false, text: '等待评估通知发布后开始自评。' };
      return {
        todo: true,
        text: dossier.returnedFor
          ? `自评已退回更正，请更正后重新提交。退回理由：${dossier.returnedFor}`
          : '请填报自评、上传佐证材料，签署承诺书后提交。',
        deadline: cycle.selfEvaluationsUntil ?? undefined,
        at: { to: `${year}/form`, title: dossier.returnedFor ? '更正自评' : '填报自评' },
      };
    case 'drafted':
      return {
        todo: true,
        text: '初评结果已经反馈。请查看逐项得分和理由，如对事实有异议，请在期限内提出陈述申辩。',
        deadline,
        at: { to: year, title: '查看初评结果' },
      };
    case 'announced':
      if (cycle.gate?.gate !== 'receiveObjections')
        return { todo: false, text: '公示已经结束，等待通报公布。' };
      return {
        todo: true,
        text: '拟定星级正在公示。请查看评分，如有异议，请在公示期内提出。',
        deadline,
        at: { to: year, title: '查看评分' },
      };
    case 'published':
      return { todo: false, text: '评估结果已经公布。', at: { to: year, title: '查看结果' } };
    default:
      return { todo: false, text: WAITING[dossier.status] ?? '正在办理，暂无需要本机构办理的事项。' };
  }
}

const WAITING: Partial<Record<DossierView['status'], string>> = {
  submitted: '自评已提交，等待材料复核。',
  notFiled: '截止时没有提交自评，已登记为未提交。如有疑问，请与中心联系。',
  reviewed: '材料复核已完成，等待抽查结果。',
  visiting: '本机构列入现场检查，请做好准备并予以配合。',
  visited: '现场检查已完成，等待计分。',
  scored: '已计分，等待审核和反馈。',
  answered: '陈述申辩已收到，等待答复。',
  heard: '初评结果已反馈，等待公示。',
  objected: '异议已收到，等待处理决定。',
};
