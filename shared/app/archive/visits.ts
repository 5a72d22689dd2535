/** Visits as they were recorded: the tolerance of the settings, joint entries about what differed, and no end without agreement. */
import { agreedFinding } from '../../domain/counted-facts.ts';
import type { Dossier, DossierAction } from '../../domain/dossier.ts';
import { settlementProblems } from '../../domain/joint-entry.ts';
import { isSignedBy } from '../../domain/packet-signature.ts';
import { differingIn, standingEntry, unrecorded, type Visit } from '../../domain/visit.ts';
import { packetDigest } from '../../domain/visit-packet.ts';
import type { Chains } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { stepsOf } from './dossiers.ts';

export function checkJointEntries({ cycle, dossiers }: Chains): Check {
  const { visitTolerancePercent } = cycle.settings;
  let drafted = 0;
  const findings = dossiers.flatMap((dossier) =>
    [...stepsOf(dossier)].flatMap(({ before, action, place }): Finding[] => {
      if (action.type === 'visitAssigned') {
        const { tolerancePercent = 0 } = action.data;
        return compared(place, '允许差异与评估设置不符', tolerancePercent, visitTolerancePercent);
      }
      if (action.type === 'jointEntryDrafted') drafted++;
      const problem = before?.visit && problemOf(before, before.visit, action);
      return problem ? [{ place, problem }] : [];
    }),
  );
  return { title: '检查记录和会商', scope: `${dossiers.length} 份档案，会商 ${drafted} 次`, findings };
}

function problemOf(before: Dossier, visit: Visit, action: DossierAction): string | undefined {
  switch (action.type) {
    case 'findingRecorded':
      return packetProblem(before, visit, action);
    case 'jointEntryDrafted': {
      if (unrecorded(visit).length > 0) return '检查记录未齐就起草了会商记录';
      if (standingEntry(visit)) return '会商记录等待确认时又起草了一份';
      const { missing, surplus } = settlementProblems(differingIn(visit), action.data.settled);
      const wrong = [...missing, ...surplus];
      return wrong.length > 0 ? `会商记录与记录不一致的项目不符：${wrong.join('、')}` : undefined;
    }
    case 'jointEntryConfirmed':
    case 'jointEntrySentBack':
      return standingEntry(visit)?.entry === action.data.entry ? undefined : '确认或退回的不是当时的会商记录';
    case 'visitClosed': {
      const isAgreed = agreedFinding(before.visit) !== undefined;
      if (action.data.lapsed !== isAgreed) return undefined;
      return isAgreed
        ? '督导员已有一致的记录，却登记为没有'
        : '记录不一致，又没有确认的会商记录，检查却已结束';
    }
    default:
      return undefined;
  }
}

/** A packet's digest and signature follow from the entry that took it in and the keys that were registered before it. */
function packetProblem(
  { year, filingNumber }: Dossier,
  { captureKeys }: Visit,
  { by, data }: Extract<DossierAction, { type: 'findingRecorded' }>,
): string | undefined {
  const { packet, ...finding } = data;
  if (!packet) return undefined;
  const { nonce, capturedAt, key } = packet;
  const body = { year, filingNumber, inspector: by.id, finding, nonce, capturedAt, key };
  const digest = packetDigest({ format: 'xingping-visit-packet', version: 1, ...body });
  if (digest !== packet.digest) return '检查记录与其离线检查包的摘要不符';
  return isSignedBy(packet, captureKeys[by.id] ?? []) ? undefined : '离线检查包的签名不成立';
}
