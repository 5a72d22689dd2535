/**
 * Messages 消息: what people are told, as data. A message says what happened, what is asked and by when; reasons, scores and
 * people's names stay in the record, which only those may open who may see it.
 */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';
import { chinaDate, Instant, printedDate } from './calendar.ts';
import { digestOf, Role } from './history.ts';
import { Words } from './schemas.ts';

/** Every kind of message with its words; `{name}` is filled from the message's fields. */
export const MESSAGES = {
  workWaits: { title: '待办：{gate}', text: '{year}年度评估已进入“{gate}”，请{role}登录系统办理。' },
  workOverdue: {
    title: '催办：{gate}',
    text: '{year}年度评估的“{gate}”已等待 {days} 个工作日，请{role}尽快办理。系统不会代为决定。',
  },
  workEscalated: {
    title: '督办：{gate}',
    text: '{year}年度评估的“{gate}”由{role}办理，已等待 {days} 个工作日仍未办结，请督促办理。系统不会代为决定。',
  },
  deadlineMoved: {
    title: '截止时间调整：{gate}',
    text: '{year}年度评估“{gate}”的截止时间调整为 {deadline}，以此为准。',
  },
  selfEvaluationAsked: {
    title: '请开展{year}年度自评',
    text: '{year}年度星级评估通知已经发布。请于 {deadline} 前登录系统填报自评、上传佐证材料、签署承诺书并提交。逾期未提交的，登记为未提交。',
  },
  selfEvaluationDue: {
    title: '自评即将截止',
    text: '{year}年度自评于 {deadline} 截止，贵机构尚未提交。请尽快登录系统完成提交。',
  },
  selfEvaluationReturned: {
    title: '自评已退回更正',
    text: '贵机构{year}年度自评已退回更正，理由见系统中的评估档案。请在自评截止前更正并重新提交；逾期未重新提交的，以原提交材料为准。',
  },
  visitAsked: {
    title: '现场检查任务：{agency}',
    text: '您被抽取为{agency}{year}年度现场检查的督导员，请于 {deadline} 前完成检查并提交记录。如有应当回避的情形，请立即告知经办人。',
  },
  visitDue: {
    title: '检查记录即将截止：{agency}',
    text: '{agency}{year}年度现场检查的记录于 {deadline} 截止，您尚未提交。请尽快登录系统提交。',
  },
  jointEntryToConfirm: {
    title: '会商记录待确认：{agency}',
    text: '{agency}{year}年度现场检查的会商记录已由另一名督导员起草，请登录系统核对，确认或者退回。',
  },
  jointEntryConfirmed: {
    title: '会商记录已确认：{agency}',
    text: '{agency}{year}年度现场检查的会商记录已由另一名督导员确认。',
  },
  jointEntrySentBack: {
    title: '会商记录已退回：{agency}',
    text: '{agency}{year}年度现场检查的会商记录已由另一名督导员退回，理由见系统中的检查记录。请重新会商，由其中一人另行起草。',
  },
  visitAnnounced: {
    title: '贵机构列入现场检查',
    text: '贵机构列入{year}年度现场检查，检查在 {deadline} 前进行，请做好准备并予以配合。',
  },
  recusalRequested: {
    title: '回避申请：{agency}',
    text: '有人申请回避{agency}{year}年度现场检查，请登录系统作出决定。决定之前，该督导员暂停检查。',
  },
  draftResultSent: {
    title: '{year}年度初评结果已反馈',
    text: '贵机构{year}年度初评结果已经反馈，逐项得分和理由见系统中的评估档案。请于 {deadline} 前在系统中确认，或就事实提出陈述申辩并说明理由。逾期未答复的，登记为未答复。',
  },
  draftResultDue: {
    title: '初评结果答复即将截止',
    text: '{year}年度初评结果的答复于 {deadline} 截止，贵机构尚未答复。如对事实有异议，请尽快在系统中提出。',
  },
  draftResultAnswered: {
    title: '新的陈述申辩：{agency}',
    text: '{agency}对{year}年度初评结果提出陈述申辩，请由未参加该机构检查的经办人于 {deadline} 前书面答复。',
  },
  answerDue: {
    title: '陈述申辩即将到期：{agency}',
    text: '{agency}对{year}年度初评结果的陈述申辩须于 {deadline} 前答复，请尽快办理。',
  },
  answerOverdue: {
    title: '陈述申辩逾期未答复：{agency}',
    text: '{agency}对{year}年度初评结果的陈述申辩应于 {deadline} 前答复，至今没有答复，请督促办理。系统不会代为决定。',
  },
  answerDecided: {
    title: '陈述申辩已答复',
    text: '贵机构对{year}年度初评结果的陈述申辩已经答复，答复和理由见系统中的评估档案。',
  },
  materialPut: {
    title: '请就新材料作出说明',
    text: '办理贵机构{year}年度陈述申辩或异议时有新的事实和材料，内容见系统中的评估档案。请于 {deadline} 前在系统中作出说明；逾期未说明的，按现有材料处理。',
  },
  materialDue: {
    title: '新材料的说明即将截止',
    text: '{year}年度新材料的说明于 {deadline} 截止，贵机构尚未说明。请尽快登录系统办理。',
  },
  materialAnswered: {
    title: '机构已说明新材料：{agency}',
    text: '{agency}已就{year}年度的新材料作出说明，请继续办理其陈述申辩或异议。',
  },
  starsAnnounced: {
    title: '{year}年度拟定星级已公示',
    text: '{year}年度拟定星级已经公示，贵机构的评分可登录系统查看。如有异议，请于 {deadline} 前在系统中提出并说明理由。',
  },
  objectionRaised: {
    title: '新的异议：{agency}',
    text: '{agency}对{year}年度拟定星级提出异议，请由未参加该机构检查的负责人按期办理。',
  },
  objectionDue: {
    title: '异议即将到期：{agency}',
    text: '{agency}对{year}年度拟定星级的异议须于 {deadline} 前作出处理决定，请尽快办理。',
  },
  objectionOverdue: {
    title: '异议逾期未处理：{agency}',
    text: '{agency}对{year}年度拟定星级的异议应于 {deadline} 前处理，至今没有决定，请督促办理。系统不会代为决定。',
  },
  objectionDecided: {
    title: '异议已作出处理决定',
    text: '贵机构对{year}年度拟定星级的异议已作出处理决定，决定和理由见系统中的评估档案。',
  },
  vetoPut: {
    title: '请就一票否决案陈述申辩',
    text: '{year}年度评估中，有对贵机构一票否决的立案，所依据的事实和证据见系统中的评估档案。请于 {deadline} 前在系统中陈述申辩；逾期未陈述的，按现有材料处理。',
  },
  vetoStatementDue: {
    title: '一票否决案的陈述申辩即将截止',
    text: '{year}年度一票否决案的陈述申辩于 {deadline} 截止，贵机构尚未陈述。请尽快登录系统办理。',
  },
  vetoToConfirm: {
    title: '一票否决案待核实：{agency}',
    text: '{agency}{year}年度的一票否决案，机构陈述申辩阶段已经结束。请由提出人以外、未参加该机构检查的两名人员分别核实，其中至少一名负责人。',
  },
  vetoToSign: {
    title: '一票否决案待签发：{agency}',
    text: '{agency}{year}年度的一票否决案已由两人核实，请主任登录系统签发或不予认定。',
  },
  vetoWaits: {
    title: '一票否决案等待办理：{agency}',
    text: '{agency}{year}年度的一票否决案由{role}办理，已等待 {days} 个工作日仍未办结。办结之前，评分和公示不能进入下一步。系统不会代为决定。',
  },
  vetoDecided: {
    title: '一票否决案已作出决定',
    text: '对贵机构{year}年度一票否决案已作出决定，决定和理由见系统中的评估档案。',
  },
  resultCorrected: {
    title: '{year}年度评估结果已更正',
    text: '贵机构{year}年度评估结果已经更正并重新公布，更正的事实和理由见系统中的评估档案。',
  },
  starRevoked: {
    title: '{year}年度星级已撤销',
    text: '贵机构{year}年度星级已经撤销并公布，理由见系统中的评估档案。',
  },
  rectificationAsked: {
    title: '请按整改通知书整改',
    text: '贵机构{year}年度评估不合格，整改通知书见系统。请于 {deadline} 前逐项整改、上传佐证材料并提交。',
  },
  rectificationDue: {
    title: '整改即将截止',
    text: '{year}年度整改于 {deadline} 截止，贵机构尚未提交。请尽快登录系统完成提交。',
  },
  recheckAsked: {
    title: '整改复查任务：{agency}',
    text: '您被抽取为{agency}{year}年度整改复查的督导员，请登录系统查看整改内容，完成复查并提交记录。',
  },
  complaintReceived: {
    title: '新的投诉：{number}',
    text: '收到编号 {number} 的投诉，请经办人于 {deadline} 前{work}。',
  },
  complaintProposed: {
    title: '投诉处理意见待审核：{number}',
    text: '编号 {number} 的投诉已有处理意见，请未经办此件的负责人审核，并于 {deadline} 前答复投诉人。',
  },
  complaintReturned: {
    title: '投诉处理意见已退回：{number}',
    text: '您对编号 {number} 的投诉提出的处理意见已退回，理由见系统。请于 {deadline} 前{work}。',
  },
  complaintDue: {
    title: '投诉即将到期：{number}',
    text: '编号 {number} 的投诉须于 {deadline} 前{work}，请尽快办理。',
  },
  complaintOverdue: {
    title: '投诉逾期：{number}',
    text: '编号 {number} 的投诉应于 {deadline} 前{work}，至今没有办结，请督促办理。系统不会代为决定。',
  },
  circularPublished: {
    title: '{year}年度评估结果已公布',
    text: '{year}年度星级评估通报已经公布，贵机构的评分和星级可登录系统查看。',
  },
  cycleFrozen: {
    title: '{year}年度评估已冻结',
    text: '{year}年度星级评估已经冻结，暂不办理任何事项，正在计算的期限暂停。解除冻结后另行通知，请勿重复提交材料。',
  },
  recordRestored: {
    title: '{year}年度评估档案已恢复',
    text: '贵机构{year}年度评估档案已恢复到较早的状态，此后的办理记录保留但不再有效。解除冻结后，请登录系统核对，需要的请重新办理。',
  },
  cycleUnfrozen: {
    title: '{year}年度评估已解除冻结',
    text: '{year}年度星级评估已经解除冻结，继续办理。未到期的截止时间已经顺延，请登录系统查看。',
  },
  cycleCancelled: {
    title: '{year}年度评估已取消',
    text: '{year}年度星级评估已经取消，无需继续办理。',
  },
} as const satisfies Record<string, { title: string; text: string }>;
export type MessageKind = keyof typeof MESSAGES;

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
/** The fields that a kind's words ask for: a missing one does not compile. */
export type FieldsOf<K extends MessageKind> = Record<
  Names<(typeof MESSAGES)[K]['title' | 'text']>,
  string | number
>;

/** To everybody of a role, to one person by account, or to every account of an agency. */
export const Recipient = z.union([
  z.strictObject({ role: Role }),
  z.strictObject({ person: Words }),
  z.strictObject({ agency: FilingNumber }),
]);
export type Recipient = z.infer<typeof Recipient>;

/** What a message is about, so that a reader can be led there. */
export const Subject = z.strictObject({
  year: z.int(),
  filingNumber: z.optional(FilingNumber),
  gate: z.optional(z.string()),
  /** The receipt number of a complaint. */
  complaint: z.optional(z.string()),
  deadline: z.optional(Instant),
});
export type Subject = z.infer<typeof Subject>;

export const Message = z.strictObject({
  /** The instant of the occasion and a digest: the same occasion has the same id, and ids sort by time. */
  id: z.string(),
  at: Instant,
  /** One of {@link MESSAGES}, or a kind of former times. */
  kind: z.string(),
  to: Recipient,
  about: Subject,
  title: z.string(),
  text: z.string(),
  /** When it went out by mail or another service; never for what only the inbox shows. */
  sentAt: z.optional(Instant),
});
export type Message = z.infer<typeof Message>;

export interface Occasion {
  /** When it happened: not when somebody got round to telling it. */
  at: string;
  /** Tells this occasion from every other of its kind. */
  of: string;
  about: Subject;
}

/** Puts a message into words. The same kind, recipient and occasion make the same id. */
export function compose<K extends MessageKind>(
  kind: K,
  to: Recipient,
  { at, of, about }: Occasion,
  fields: FieldsOf<K>,
): Message {
  const { title, text } = MESSAGES[kind];
  const values: Record<string, string | number> = fields;
  const fill = (words: string) =>
    words.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''));
  const id = `${at}#${digestOf({ kind, to, of, about }).slice(0, 32)}`;
  return { id, at, kind, to, about, title: fill(title), text: fill(text) };
}

/** `2022年3月15日 23:59`, China's time. */
export function printedDeadline(deadline: Instant): string {
  const instant = new Date(deadline);
  const time = new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  return `${printedDate(chinaDate(instant))} ${time}`;
}
