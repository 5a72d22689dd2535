/** Complaints: their order and duties, the marks and mentions that go with them, and what is kept of complainants. */
import { chinaDate } from '../../domain/calendar.ts';
import {
  COMPLAINT_ACTION_TITLES,
  type Complaint,
  complaintOf,
  contactDigest,
  isClosed,
  mayFollowComplaint,
} from '../../domain/complaint.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { dossierOf, partial } from '../../domain/dossier-of.ts';
import { ROLES } from '../../domain/history.ts';
import { complaintsIn } from '../../domain/veto.ts';
import type { Check, Finding } from '../archive/check.ts';
import {
  CONTACTS,
  contactKey,
  DayCount,
  dayKey,
  mentionsOf,
  StoredContact,
  toDoKey,
} from '../complaints/complaint-records.ts';
import { genesisOf } from '../records.ts';
import { CHAINS, statesOf } from './families.ts';
import { itemPlace, type StoredItem } from './stored-data.ts';

export function checkComplaints(items: readonly StoredItem[]): Check[] {
  const complaints = statesOf(items, CHAINS.complaint);
  const dossiers = statesOf(items, CHAINS.dossier);
  const scope = `${complaints.length} 件`;
  const rows = new Map(items.map((item) => [genesisOf(item), item]));
  return [
    { title: '投诉办理顺序', scope, findings: complaints.flatMap(outOfOrder) },
    {
      title: '投诉的经办和审核',
      scope,
      findings: complaints.flatMap((complaint) => wrongPeople(complaint, dossiers)),
    },
    {
      title: '投诉的待办标记和按机构登记',
      scope,
      findings: complaints.flatMap((complaint) => unmarked(complaint, rows)),
    },
    {
      title: '投诉人的联系方式',
      scope,
      findings: [
        ...complaints.flatMap((complaint) => wrongContact(complaint, rows)),
        ...strayContacts(items, complaints, rows),
      ],
    },
    {
      title: '复核比对的属实投诉数',
      scope: `${dossiers.length} 份档案`,
      findings: dossiers.flatMap((dossier) => miscounted(dossier, complaints)),
    },
    {
      title: '一票否决案引用的投诉',
      scope: `${dossiers.length} 份档案`,
      findings: dossiers.flatMap((dossier) => unfoundedCases(dossier, complaints)),
    },
    { title: '每日投诉计数', scope, findings: uncounted(complaints, rows) },
  ];
}

/** Two requests at once do not see all of each other. */
const AT_ONCE_MS = 60_000;

const placeOf = ({ number }: Complaint, seq?: number) =>
  seq === undefined ? `投诉 ${number}` : `投诉 ${number} 第 ${seq} 条`;

function outOfOrder(complaint: Complaint): Finding[] {
  return complaint.history.flatMap(({ type, seq }, index): Finding[] => {
    const before =
      index === 0 ? 'none' : complaintOf(complaint.number, complaint.history.slice(0, index)).status;
    if (mayFollowComplaint(type, before)) return [];
    const problem = `当时的状态不允许${COMPLAINT_ACTION_TITLES[type]}`;
    return [{ place: placeOf(complaint, seq), problem }];
  });
}

const BY_HANDLERS = ['accepted', 'refused', 'takenOver', 'findingProposed'];
const BY_APPROVERS = ['findingReturned', 'findingApproved'];

/** Whoever acted was of the right role, was not partial to the agency by then, and did not review what they prepared. */
function wrongPeople(complaint: Complaint, dossiers: readonly Dossier[]): Finding[] {
  return complaint.history.flatMap((entry): Finding[] => {
    const { type, seq, by, at } = entry;
    const reviews = BY_APPROVERS.includes(type);
    if (!reviews && !BY_HANDLERS.includes(type)) return [];
    const place = placeOf(complaint, seq);
    const findings: Finding[] = [];
    if (by.role !== (reviews ? 'approver' : 'handler')) {
      findings.push({ place, problem: `${ROLES[by.role]}不能${COMPLAINT_ACTION_TITLES[type]}` });
    }
    const earlier = complaintOf(complaint.number, complaint.history.slice(0, seq - 1));
    if (reviews && earlier.handlers.includes(by.id)) {
      findings.push({ place, problem: '审核人经办过此件投诉' });
    }
    const { agency, year } = complaintOf(complaint.number, complaint.history.slice(0, seq));
    if (partialAt(dossiers, agency.filingNumber, year, at).includes(by.id)) {
      findings.push({ place, problem: '经办或审核的人员参加过该机构的检查，或者应当回避' });
    }
    return findings;
  });
}

/** Who was partial to an agency at an instant. */
function partialAt(
  dossiers: readonly Dossier[],
  filingNumber: string | undefined,
  from: number,
  at: string,
): string[] {
  return dossiers
    .filter((one) => one.filingNumber === filingNumber && one.year >= from)
    .flatMap(({ year, history }) => {
      const then = history.filter((action) => action.at <= at);
      return then.length > 0 ? partial(dossierOf(year, then)) : [];
    });
}

const upheldAgainst = (
  { filingNumber, year }: Pick<Dossier, 'filingNumber' | 'year'>,
  complaints: readonly Complaint[],
) =>
  complaints.filter(
    (one) => one.status === 'upheld' && one.agency.filingNumber === filingNumber && one.year === year,
  );

/** A complaint on which a case for a veto rests had been upheld by then, against that agency and for that year. */
function unfoundedCases(dossier: Dossier, complaints: readonly Complaint[]): Finding[] {
  const upheld = upheldAgainst(dossier, complaints);
  return dossier.history.flatMap((action): Finding[] => {
    if (action.type !== 'vetoProposed') return [];
    const { seq, at, data } = action;
    const place = `${dossier.year} 年度档案 ${dossier.filingNumber} 第 ${seq} 条`;
    return complaintsIn(data.sources)
      .filter((number) => !upheld.some((one) => one.number === number && (one.closedAt ?? '') <= at))
      .map((number) => ({ place, problem: `立案依据的投诉 ${number} 不是该机构本年度经查属实的投诉` }));
  });
}

/** What a comparison says it found on record is what was on record. */
function miscounted({ year, filingNumber, history }: Dossier, complaints: readonly Complaint[]): Finding[] {
  const upheld = upheldAgainst({ filingNumber, year }, complaints);
  return history.flatMap((action): Finding[] => {
    if (action.type !== 'flagged') return [];
    const { seq, at, data } = action;
    // What was being approved just then may have come too late.
    const [latest, earliest] = [at, new Date(Date.parse(at) - AT_ONCE_MS).toISOString()];
    const known = (by: string) => upheld.filter(({ closedAt = '' }) => closedAt <= by).length;
    const recorded = data.upheldComplaints ?? 0;
    if (recorded <= known(latest) && recorded >= known(earliest)) return [];
    const place = `${year} 年度档案 ${filingNumber} 第 ${seq} 条`;
    const problem = '比对的属实投诉数与投诉登记不符';
    return [{ place, problem, recorded: String(recorded), derived: String(known(latest)) }];
  });
}

type Rows = ReadonlyMap<string, StoredItem>;

function unmarked(complaint: Complaint, rows: Rows): Finding[] {
  const findings: Finding[] = [];
  const place = placeOf(complaint);
  if (!isClosed(complaint) && !rows.has(genesisOf(toDoKey(complaint.number)))) {
    findings.push({ place, problem: '没有待办标记，不会列出和提醒' });
  }
  const { filingNumber } = complaint.agency;
  const accepted = complaint.history.some(({ type }) => type === 'accepted');
  const mention = { pk: mentionsOf(filingNumber ?? ''), sk: complaint.number };
  if (accepted && !rows.has(genesisOf(mention))) {
    findings.push({ place, problem: '没有登记在被投诉机构名下，复核和抽签看不到' });
  }
  return findings;
}

function wrongContact({ number, contact, history }: Complaint, rows: Rows): Finding[] {
  const item = rows.get(genesisOf(contactKey(number)));
  const place = `投诉 ${number} 的联系方式`;
  if (contact === undefined) {
    const erased = history.some(({ type }) => type === 'contactErased');
    // What is being erased is marked until it is gone.
    if (!item || rows.has(genesisOf(toDoKey(number)))) return [];
    return [{ place, problem: erased ? '已登记删除，但仍然保存' : '投诉没有登记联系方式，却有保存' }];
  }
  const { data: kept } = StoredContact.safeParse(item?.value);
  if (!kept) return [{ place, problem: '没有保存' }];
  const { salt, ...said } = kept;
  return contactDigest(salt, said) === contact ? [] : [{ place, problem: '与投诉记录中的摘要不符' }];
}

/** Contacts of a complaint that is not there: only a mark, which sees to their removal, explains them. */
function strayContacts(
  items: readonly StoredItem[],
  complaints: readonly Complaint[],
  rows: Rows,
): Finding[] {
  const known = new Set(complaints.map(({ number }) => number));
  return items
    .filter(({ pk, sk }) => pk === CONTACTS && !known.has(sk) && !rows.has(genesisOf(toDoKey(sk))))
    .map((item) => ({ place: itemPlace(item), problem: '没有对应的投诉' }));
}

function uncounted(complaints: readonly Complaint[], rows: Rows): Finding[] {
  const days = Map.groupBy(complaints, ({ receivedAt }) => chinaDate(new Date(receivedAt)));
  return [...days].flatMap(([day, received]): Finding[] => {
    const item = rows.get(genesisOf(dayKey(day)));
    const counted = DayCount.safeParse(item?.value).data?.version ?? 0;
    if (counted >= received.length) return [];
    return [
      {
        place: `${day} 的投诉计数`,
        problem: '少于当日收到的投诉',
        recorded: String(counted),
        derived: String(received.length),
      },
    ];
  });
}
