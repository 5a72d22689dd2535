/** Every kind of row of the table, by its partition: what is not listed here has no place in it. */
import * as z from 'zod/mini';
import type { Entry } from '../../domain/history.ts';
import { Message } from '../../domain/messages.ts';
import { PlatformFigures } from '../../domain/platform.ts';
import { NOTHING } from '../../domain/schemas.ts';
import { Address } from '../addresses.ts';
import { complaintKind, DayCount, StoredContact, ToDoMark } from '../complaints/complaint-records.ts';
import { correctionKind } from '../correction.ts';
import { StoredToken } from '../gates.ts';
import { Outgoing } from '../messages.ts';
import { Unsent } from '../outbox.ts';
import { Promised } from '../promises.ts';
import { agencyKind, cycleKind, dossierKind, type Kind, uploadKind } from '../records.ts';
import { rectificationKind, rectificationRunKind } from '../rectification-records.ts';
import { Draft } from '../self-evaluation.ts';
import { Profile } from '../start-cycle.ts';
import { Seed } from '../steps/notice.ts';
import { ToldMark } from '../telling.ts';
import { Reserved } from '../versions.ts';
import { Waiting } from '../waiting-marks.ts';
import type { StoredItem } from './stored-data.ts';

/** Rows that are chains of entries. */
export const CHAINS = {
  cycle: chain('年度', /^CYCLE$/, cycleKind),
  dossier: chain('评估档案', /^CYCLE#\d+#DOSSIER$/, dossierKind),
  agency: chain('机构名册', /^AGENCY$/, agencyKind),
  upload: chain('上传', /^CYCLE#\d+#UPLOAD#\w+$/, uploadKind),
  rectificationRun: chain('整改', /^RECTIFICATION$/, rectificationRunKind),
  rectification: chain('整改档案', /^RECTIFICATION#\d+#AGENCY$/, rectificationKind),
  correction: chain('更正', /^CORRECTION$/, correctionKind),
  complaint: chain('投诉', /^COMPLAINT$/, complaintKind),
} as const;

/** Rows that are plain values. */
export const VALUES: readonly { title: string; pk: RegExp; schema: z.ZodMiniType }[] = [
  { title: '设置', pk: /^PROFILE$/, schema: Profile },
  { title: '自评草稿', pk: /^CYCLE#\d+#DRAFT$/, schema: Draft },
  { title: '省平台数据', pk: /^CYCLE#\d+#PLATFORM$/, schema: PlatformFigures },
  { title: '抽签种子', pk: /^CYCLE#\d+#SEED$/, schema: Seed },
  { title: '环节凭证', pk: /^CYCLE#\d+#TOKEN$/, schema: StoredToken },
  { title: '版本编号', pk: /^CYCLE#\d+#VERSION$/, schema: Reserved },
  { title: '等待标记', pk: /^CYCLE#\d+#WAIT#\w+$/, schema: Waiting },
  { title: '文件摘要', pk: /^CYCLE#\d+#FILE#[0-9a-f]{64}$/, schema: NOTHING },
  { title: '已告知标记', pk: /^CYCLE#\d+#TOLD$/, schema: ToldMark },
  { title: '消息', pk: /^INBOX#/, schema: Message },
  { title: '已读标记', pk: /^READ#/, schema: NOTHING },
  { title: '收件地址', pk: /^ADDRESS#/, schema: Address },
  { title: '待发消息', pk: /^OUTBOX$/, schema: Outgoing },
  { title: '未能发出的消息', pk: /^OUTBOX#UNSENT$/, schema: Unsent },
  { title: '投诉人的联系方式', pk: /^COMPLAINT#CONTACT$/, schema: StoredContact },
  { title: '待办投诉', pk: /^COMPLAINT#OPEN$/, schema: ToDoMark },
  { title: '机构名下的投诉', pk: /^COMPLAINT#ABOUT#\w+$/, schema: NOTHING },
  { title: '每日投诉计数', pk: /^COMPLAINT#DAY$/, schema: DayCount },
  { title: '待告知事项', pk: /^PROMISE$/, schema: Promised },
];

export interface Chain<S = unknown, E extends Entry = Entry> {
  title: string;
  pk: RegExp;
  kind: Kind<S, E>;
}

function chain<S, E extends Entry>(title: string, pk: RegExp, kind: Kind<S, E>): Chain<S, E> {
  return { title, pk, kind };
}

/** The states of all rows of one family that can be read. */
export function statesOf<S, E extends Entry>(items: readonly StoredItem[], { pk, kind }: Chain<S, E>): S[] {
  return items.flatMap((item) => {
    if (!pk.test(item.pk)) return [];
    const entries = z.array(kind.schema).safeParse(item.entries);
    return entries.success && entries.data.length > 0 ? [kind.derive(item, entries.data)] : [];
  });
}
