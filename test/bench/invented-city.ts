/** Cities of any size, in which every agency does all that an agency does in a year: what the measurements are taken on. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DECIDED_GATES } from '../../infra/local/folder/schemas.ts';
import type { InputFolder, LocalFile, PlannedDecision } from '../../infra/local/folder/types.ts';
import { type Agency, FILING_TYPES, NATURES, printedTerm } from '../../shared/domain/agency.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { Answer, Answers } from '../../shared/domain/facts.ts';
import { itemsOf } from '../../shared/domain/rubric.ts';
import { anAgency, bestFacts, filing, theSettings } from '../domain/builders.ts';

export const BENCH_YEAR = 2021;
/** Files that an agency uploads as evidence. */
export const FILES_PER_AGENCY = 10;
const VISITS_PER_INSPECTOR = 20;

export interface InventedCity {
  agencies: number;
  /** Nobody files: the year runs by its deadlines alone. */
  unattended?: boolean;
  /** A folder for the files that agencies upload. */
  dir: string;
}

/** Half enterprises, half schools: no list of one kind alone numbers 10,000. */
function invented(index: number): Agency {
  const even = index % 2 === 0;
  return anAgency({
    filingNumber: filing((index >> 1) + 1, even ? 'Y' : 'S'),
    name: `淮河第${index + 1}${even ? '公司' : '学校'}`,
    filingType: even ? 'enterprise' : 'socialOrganisation',
    nature: even ? 'stateOwned' : 'trainingSchool',
  });
}

export function inventedCity({ agencies: count, unattended = false, dir }: InventedCity): InputFolder {
  const agencies = Array.from({ length: count }, (_none, index) => invented(index));
  const names = (role: string, many: number) =>
    Array.from({ length: many }, (_none, index) => ({
      id: `${role}-${index + 1}`,
      name: `${role}${index + 1}`,
    }));
  const settings = theSettings({ sampleData: true });
  const visits = Math.max(settings.sampling.atLeast, Math.ceil((count * settings.sampling.percent) / 100));
  const inspectors = names(
    'inspector',
    Math.max(4, Math.ceil((visits * settings.inspectorsPerVisit) / VISITS_PER_INSPECTOR)),
  ).map((person) => ({ ...person, recusals: [] }));
  const filed = unattended ? [] : agencies;
  return {
    dir,
    year: BENCH_YEAR,
    startsOn: '2022-03-01',
    seed: `${count}`,
    settings,
    rubric: DEFAULT_RUBRIC,
    staff: {
      handlers: names('handler', 2),
      approvers: names('approver', 2),
      directors: names('director', 1),
      auditors: [],
      inspectors,
    },
    registry: { fileName: 'registry.csv', bytes: registryOf(agencies), agencies },
    platform: [],
    selfEvaluations: new Map(filed.map((agency) => [agency.filingNumber, selfEvaluationOf(agency, dir)])),
    inspections: new Map(
      filed.map(({ filingNumber }) => [
        filingNumber,
        {
          source: filingNumber,
          answers: answersWith([]),
          representative: { name: '李某', agrees: true },
          files: [],
        },
      ]),
    ),
    answers: [],
    objections: [],
    decisions: {
      gates: Object.fromEntries(DECIDED_GATES.map((gate) => [gate, [approvalOf(gate)]])) as Record<
        (typeof DECIDED_GATES)[number],
        PlannedDecision[]
      >,
      deskReview: {
        by: 'handler-2',
        reason: '与台账一致',
        corrections: [],
        acceptedFlags: [{ reason: '已逐项核对' }],
        notApplicable: [],
        afterDays: 1,
      },
      jointEntries: [],
      answers: [],
      objections: [],
    },
  };
}

function approvalOf(gate: (typeof DECIDED_GATES)[number]): PlannedDecision {
  const by = gate.startsWith('prepare') ? 'handler-1' : gate === 'signCircular' ? 'director-1' : 'approver-1';
  return { by, verdict: 'approve', reason: '按规定办理', agencies: [], afterDays: 1 };
}

function registryOf(agencies: readonly Agency[]): Uint8Array {
  const rows = agencies.map(({ filingNumber, name, filingType, nature, filingTerm, county }) =>
    [filingNumber, name, FILING_TYPES[filingType], NATURES[nature], printedTerm(filingTerm), county].join(),
  );
  return Buffer.from(['机构备案号,机构名称,备案类型,机构性质,备案期限,县区', ...rows].join('\n'));
}

function selfEvaluationOf({ filingNumber }: Agency, dir: string) {
  const files = Array.from({ length: FILES_PER_AGENCY }, (_none, index): LocalFile => {
    const bytes = Buffer.from(`%PDF-1.7\n${filingNumber} 的佐证材料 ${index + 1}\n%%EOF`);
    const path = `${filingNumber}-${index + 1}.pdf`;
    const location = join(dir, path);
    writeFileSync(location, bytes);
    return {
      path,
      location,
      fileName: `佐证${index + 1}.pdf`,
      contentType: 'application/pdf',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      effectiveOn: '2021-06-30',
    };
  });
  return {
    source: filingNumber,
    answers: answersWith(files),
    commitment: { name: '张某', position: '校长', date: '2022-03-04' },
    files,
  };
}

/** Every item at its best, with one of the files in turn. */
function answersWith(files: readonly LocalFile[]): Answers {
  const items = itemsOf(DEFAULT_RUBRIC).map((item, index): [string, Answer] => {
    const file = files[index % files.length];
    const evidence = file && [{ id: file.path, fileName: file.fileName, sha256: file.sha256 }];
    return [item.code, { facts: bestFacts(item), ...(evidence && { evidence }) }];
  });
  return { items: Object.fromEntries(items), bonus: {} };
}
