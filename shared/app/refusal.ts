/** Expected refusals: values with a code and the data that explain them. One registry gives each its words and its HTTP status. */

interface RefusalKind {
  status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429;
  /** What happened and what to do next, for the person who asked. `{name}` is filled from the refusal's data. */
  message: string;
}

export const REFUSALS = {
  invalidRequest: { status: 400, message: '请求内容有误：{detail}。请改正后重新提交' },
  bodyTooLarge: { status: 413, message: '提交的内容过多，最多 {limit} 千字。请精简文字后重新提交' },
  recordFull: { status: 413, message: '该记录保存的内容已达上限。请精简本次填写的文字后重新提交' },
  notAllowed: { status: 403, message: '您的角色（{role}）不能进行此项操作' },
  notYours: { status: 404, message: '没有找到该档案' },
  notFound: { status: 404, message: '没有找到{what}' },
  cycleExists: { status: 409, message: '{year} 年度评估已经启动，不能重复启动。请打开该年度继续办理' },
  frozen: { status: 409, message: '评估通知已经批准，评分标准和设置不能再修改' },
  planPublished: {
    status: 409,
    message: '抽查方案已经公布，已登记的督导员不能修改，只能在名单末尾增加；个别回避请另行申请',
  },
  cycleFrozen: {
    status: 409,
    message: '本年度评估已冻结，暂不办理任何事项，已定的截止时间相应顺延。主任解除冻结后请重试',
  },
  notFrozen: { status: 409, message: '本年度评估没有冻结。请先冻结，再恢复或解除' },
  nothingWaiting: {
    status: 409,
    message: '当前没有等待办理的环节，不能冻结。请在流程进入下一个等待环节后再冻结',
  },
  restoreTooFar: {
    status: 422,
    message:
      '只能恢复到本环节开始（{from}）之后、现在之前的时点：此前的内容已进入下一环节或随文件公布，不能撤回',
  },
  changedMeanwhile: { status: 409, message: '该记录刚刚被他人更新，请刷新后重试' },
  draftChanged: {
    status: 409,
    message: '草稿刚刚在别处（其他页面或其他人）保存过。请先查看那一份，再选择以哪一份为准',
  },
  recordBroken: {
    status: 409,
    message: '{filingNumber} 的档案数据已损坏，无法读取。请管理员从备份恢复该记录后再解除',
  },
  notAtThisStep: { status: 409, message: '当前状态为“{status}”，不能{action}' },
  gateNotOpen: { status: 409, message: '“{gate}”目前没有等待办理的事项' },
  alreadyDecided: { status: 409, message: '“{gate}”已由 {by} 办理，结果为“{verdict}”' },
  unknownVerdict: { status: 400, message: '“{gate}”不能作出“{verdict}”决定' },
  reasonMissing: { status: 400, message: '请写明理由' },
  ownWork: { status: 403, message: '经办和审批应由不同人员承担：您参与了此前的工作，请由其他{role}办理' },
  deadlinePassed: { status: 409, message: '截止时间（{deadline}）已过，不能再{action}' },
  deadlineUnknown: {
    status: 422,
    message:
      '{year} 年放假安排未知或不全，无法计算截止日期。请在评估设置的 declaredDays（节假日和调休）中按国务院办公厅通知填写该年全部放假日（false）和调休上班日（true），还缺：{missing}',
  },
  textContradicts: {
    status: 422,
    message: '通报文稿有 {count} 处数字与数据不符：{list}。请改正文稿，或由经办人逐处写明保留的理由后再办理',
  },
  noContradiction: { status: 409, message: '文稿中没有这一处与数据不符的数字，请刷新后重试' },
  manuscriptFull: {
    status: 409,
    message: '本年度通报文稿修改的总量已达上限，不能继续修改。数字与数据不符的，请写明保留的理由',
  },
  deadlineTooLate: {
    status: 422,
    message: '截止时间最迟为{last}：一个环节最多等待 {days} 天，之后流程中止',
  },
  deadlineInvalid: { status: 422, message: '新的截止时间应晚于现在（{now}）' },
  incomplete: { status: 422, message: '还有 {count} 项没有填报：{items}' },
  factsInvalid: { status: 422, message: '填报内容有误：{detail}' },
  flagGone: { status: 409, message: '该预警已随数据变化，请刷新后按现有预警处理' },
  flagsUntreated: {
    status: 409,
    message: '还有 {count} 条预警没有处理：{flags}。请逐条采信或更正（自评期内也可退回机构），再完成复核',
  },
  setAsideOpen: {
    status: 409,
    message: '有 {count} 家机构的数据待解决或尚未办到此步：{agencies}。请先办结后再批准',
  },
  alreadyRecorded: { status: 409, message: '您已经提交过该机构的检查记录' },
  findingsAgree: { status: 409, message: '督导员记录一致，无需会商' },
  captureKeysFull: {
    status: 409,
    message: '本次检查登记的离线设备已达上限（{limit} 台），请使用已登记的设备',
  },
  packetDamaged: {
    status: 422,
    message:
      '该文件不是完整的离线检查包，或导出后被改动过，不能受理。请提交原来导出的文件，或在原设备上重新导出',
  },
  packetForeign: {
    status: 422,
    message: '该离线检查包不是您对该机构本年度的检查记录，不能受理。请核对后重新选择文件',
  },
  packetUnsigned: {
    status: 422,
    message: '该离线检查包不是由您为本次检查登记过的设备签名，不能受理。请在登记过的设备上重新导出',
  },
  jointEntryOpen: {
    status: 409,
    message: '{by}起草的会商记录正在等待同组督导员确认，确认或退回之前不能另行起草',
  },
  jointEntryIncomplete: { status: 422, message: '会商记录应逐项写明认定结果和理由，还缺：{items}' },
  jointEntrySurplus: { status: 422, message: '会商记录只能认定记录不一致的项目，每项一次：{items} 不应列入' },
  jointEntryOwn: { status: 403, message: '会商记录由您起草，须由同组其他督导员确认' },
  jointEntryGone: { status: 409, message: '该会商记录已经确认、退回或重新起草，请刷新后按现在的记录办理' },
  notInspector: { status: 403, message: '您不是该机构的检查人员' },
  recusalPending: { status: 409, message: '对您的回避申请正在处理，决定之前请暂停该机构的检查' },
  recusalKnown: { status: 409, message: '该督导员的回避已经提出或已有决定，请查看处理情况' },
  recusalNotOpen: { status: 409, message: '没有待决定的该督导员回避申请' },
  recusalClosed: { status: 409, message: '现在不能申请回避该机构' },
  recusalOwn: { status: 403, message: '您提出了回避申请或参与该机构的检查，请由其他负责人决定' },
  noReplacement: {
    status: 422,
    message: '{filingNumber} 没有可替补的督导员。请经办人先增加督导员，再决定回避',
  },
  recused: { status: 403, message: '您参与过该机构的检查，不能办理该机构的此项事务，请由其他人员办理' },
  notArgued: {
    status: 422,
    message: '{item} 既不是机构提出的项目，也没有作为新材料交机构说明，不能更正。请先将新材料交机构说明',
  },
  materialOpen: { status: 409, message: '新材料正在等待机构说明（截止 {deadline}），此前不能办理' },
  materialTooLate: {
    status: 409,
    message: '机构说明新材料的期限将超过处理截止日（{deadline}），不能再提出新材料。请按现有材料处理',
  },
  vetoNotOpen: {
    status: 409,
    message: '一票否决案在材料复核开始后、公示截止前，流程等待办理时提出。请确认当前环节后再提出',
  },
  vetoKnown: { status: 409, message: '该机构的“{title}”已有一票否决案正在办理或已经认定，不能重复提出' },
  vetoComplaint: { status: 422, message: '投诉 {number} 不是该机构本年度经查属实的投诉，不能作为证据来源' },
  vetoUnheard: { status: 409, message: '机构陈述申辩的期限（{deadline}）未到，此前不能核实' },
  vetoOwn: { status: 403, message: '您已提出或核实该一票否决案，请由其他人员办理' },
  vetoNotTurn: { status: 409, message: '该一票否决案目前应由{who}办理' },
  vetoesOpen: {
    status: 409,
    message: '有 {count} 家机构的一票否决案没有办结：{agencies}。请先核实、签发或不予认定，再批准',
  },
  circularOutdated: { status: 409, message: '通报起草后数据有变化，请退回经办人重新起草后再签发' },
  tooFewInspectors: {
    status: 422,
    message: '督导员不足：每次检查需 {needed} 人，{filingNumber} 可用 {free} 人。请先登记督导员或调整回避',
  },
  importProblems: { status: 422, message: '名册有 {count} 处问题，没有写入任何数据。请按提示改正后重新上传' },
  platformProblems: {
    status: 422,
    message: '平台导出文件有 {count} 处问题，没有写入任何数据。请按提示的行和列改正后重新上传',
  },
  yearOver: { status: 409, message: '{year} 年度评估已经结束，不能再导入平台数据' },
  importChanged: { status: 409, message: '确认的文件与预览的文件不同，请重新预览' },
  unreadableFile: { status: 422, message: '{detail}' },
  typeNotAccepted: {
    status: 422,
    message: '不接受该类型的文件（{type}）。可上传 {accepted}',
  },
  fileTooLarge: { status: 413, message: '文件《{fileName}》超过该类型的大小上限 {limit} MB' },
  quotaExceeded: {
    status: 413,
    message: '本机构佐证材料已达上限（{limit}），请删除未使用的材料或压缩后重试',
  },
  effectiveOnInFuture: { status: 422, message: '《{fileName}》的形成日期（{date}）晚于今天，请核对' },
  uploadMissing: { status: 409, message: '尚未收到文件《{fileName}》，请重新上传' },
  notPublished: { status: 409, message: '{year} 年度结果尚未公布，不能进行此项操作' },
  nothingToRevoke: { status: 409, message: '{filingNumber} 没有星级可以撤销' },
  correctionUnfinished: {
    status: 409,
    message:
      '上一次更正已经签发并登记，但没有公布完成。请先按原内容（更正原因：{reason}）重新提出，办结后再作其他更正',
  },
  nobodyFailed: { status: 409, message: '{year} 年度没有待整改的机构' },
  runUnderWay: { status: 409, message: '{what}正在进行，不能重复启动。请打开该事项继续办理' },
  rectificationIncomplete: {
    status: 422,
    message: '还有 {count} 项没有填写责任人、整改情况或证明材料：{items}。请补全后提交',
  },
  rectificationOpen: { status: 409, message: '复查认为还有 {count} 项没有整改到位：{items}，不能认定为合格' },
  complaintUnknown: { status: 404, message: '没有找到该投诉，请核对受理编号和查询码' },
  complaintKnown: { status: 409, message: '该投诉已经收到，内容与本次提交的不同。请刷新页面后重新填写提交' },
  tooManyComplaints: {
    status: 429,
    message:
      '网上投诉暂时不能接收：提交过于集中，或今日已达上限。请稍后或明天再提交，也可以向鉴定中心当面或书面投诉',
  },
  contactWithheld: { status: 403, message: '投诉人的联系方式只供经办该投诉的人员查看。请先受理或接办' },
  uploadExpired: { status: 410, message: '《{fileName}》的上传已过期或已删除，请重新选择文件上传' },
  uploadAttached: { status: 409, message: '《{fileName}》已随材料提交，不能删除' },
  contentRefused: { status: 422, message: '《{fileName}》{detail}。文件已拒收' },
  scanPostponed: {
    status: 409,
    message: '《{fileName}》暂时不能查毒，文件已保存但还不能使用。系统会自动重试，也可稍后再次确认',
  },
} as const satisfies Record<string, RefusalKind>;
export type RefusalCode = keyof typeof REFUSALS;

export class Refusal {
  readonly code: RefusalCode;
  readonly data: Record<string, string | number>;

  constructor(code: RefusalCode, data: Record<string, string | number> = {}) {
    this.code = code;
    this.data = data;
  }

  get status(): number {
    return REFUSALS[this.code].status;
  }

  get message(): string {
    return REFUSALS[this.code].message.replace(/\{(\w+)\}/g, (_all, name: string) =>
      String(this.data[name] ?? ''),
    );
  }
}

export function refuse(code: RefusalCode, data?: Record<string, string | number>): Refusal {
  return new Refusal(code, data);
}

/** For steps of the workflow, where a refusal means that something is broken. */
export class UnexpectedRefusal extends Error {
  override readonly name = 'UnexpectedRefusal';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`${refusal.code} ${JSON.stringify(refusal.data)}`);
    this.refusal = refusal;
  }
}

export function expectDone<T>(outcome: T | Refusal): T {
  if (outcome instanceof Refusal) throw new UnexpectedRefusal(outcome);
  return outcome;
}
