import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_YEARS, writeSample } from '../../../docs/sample/make-sample.ts';
import { PARTICIPANTS } from '../../../docs/sample/sample-agencies.ts';
import { type InputFolder, type Problem, readFolder } from '../../../infra/local/folder/index.ts';
import { readTables } from '../../../shared/adapters/tables/index.ts';
import type { Agency } from '../../../shared/domain/agency.ts';
import { type Correction, correct } from '../../../shared/domain/corrected-facts.ts';
import { scoringInput } from '../../../shared/domain/counted-facts.ts';
import { raiseFlags } from '../../../shared/domain/desk-review.ts';
import type { Dossier } from '../../../shared/domain/dossier.ts';
import { eligibilityOf } from '../../../shared/domain/eligibility.ts';
import { type ScoreSheet, scoreAgency } from '../../../shared/domain/score.ts';
import { periodOf } from '../../../shared/domain/settings.ts';
import { statisticsOf } from '../../../shared/domain/statistics.ts';

const SAMPLE = join(import.meta.dirname, '../../../docs/sample/huainan-2021');

/** As the published circular awards them; the five others failed. */
const STARS: Record<string, number> = {
  Y000034040002: 5,
  Y000034040003: 4,
  Y000034040005: 5,
  S000034040006: 5,
  S000034040005: 3,
  S000034010012: 5,
  S000034040016: 4,
  S000034040017: 3,
};

let folder: InputFolder;
let problems: Problem[];

beforeAll(async () => {
  const read = await readFolder(SAMPLE);
  problems = read.problems;
  if (!read.folder) throw new Error(JSON.stringify(problems));
  folder = read.folder;
});

type Path = 'inspected' | 'deskReviewed';

/** An agency's record as the workflow would have built it from the folder. */
function dossierOf(agency: Agency, path: Path, withObjections: boolean): Dossier {
  const { filingNumber } = agency;
  const filed = folder.selfEvaluations.get(filingNumber);
  const { deskReview, answers, objections } = folder.decisions;
  const own = <T extends { filingNumber: string }>(all: T[]) =>
    all.filter((one) => one.filingNumber === filingNumber);
  const atDesk: Correction[] = own(deskReview.corrections).map(
    ({ filingNumber: _own, ...correction }) => correction,
  );
  const notApplicable = own(deskReview.notApplicable).flatMap(({ approve, item }) => (approve ? [item] : []));
  const found = folder.inspections.get(filingNumber)?.answers;
  return {
    year: folder.year,
    filingNumber,
    status: 'scored',
    agency,
    flags: [],
    treatments: [],
    frozen: false,
    formerlyPartial: [],
    platform: folder.platform.find((one) => one.filingNumber === agency.filingNumber),
    notApplicable,
    recusals: [],
    earlierVisits: [],
    corrections: withObjections
      ? own([...answers, ...objections]).flatMap(({ corrections }) =>
          corrections.map((one) => ({ ...one, source: 'objection' as const })),
        )
      : [],
    answers: [],
    objections: [],
    vetoCases: [],
    history: [],
    ...(filed && {
      submission: { ...filed, claimed: '', digest: '', at: '2022-02-25T00:00:00Z' },
      desk: { answers: correct(filed.answers, atDesk), corrections: atDesk },
    }),
    ...(filed &&
      path === 'inspected' && {
        visit: {
          inspectors: ['inspector-1'],
          vacant: [],
          reasons: [],
          tolerancePercent: 0,
          captureKeys: {},
          findings: found
            ? { 'inspector-1': { answers: found, representative: { name: '李某', agrees: true } } }
            : {},
        },
      }),
  };
}

const participants = () =>
  folder.registry.agencies.filter((agency) => {
    const month = folder.settings.filingReferenceMonth ?? '';
    return eligibilityOf(agency, month, folder.settings.exclusions).eligible;
  });
const inputOf = (agency: Agency, path: Path, withObjections = true) =>
  scoringInput(dossierOf(agency, path, withObjections), folder.rubric, folder.settings);
const sheetOf = (agency: Agency, path: Path, withObjections = true): ScoreSheet =>
  scoreAgency(inputOf(agency, path, withObjections));

describe('the sample folder', () => {
  it('has no errors, and the warnings that its untidiness is there for', () => {
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems.map(({ file, cell }) => [file, cell])).toEqual([
      ['registry.xlsx', 'C17'],
      ['registry.xlsx', 'E17'],
      ['registry.xlsx', 'C19'],
      ['registry.xlsx', 'E27'],
      ['self-evaluations/Y000034040903', undefined],
    ]);
  });

  it('has 23 agencies, of which ten are left out', () => {
    expect(folder.registry.agencies).toHaveLength(23);
    expect(participants()).toHaveLength(13);
    expect(folder.settings.sampleData).toBe(true);
  });

  it.each<Path>(['inspected', 'deskReviewed'])('awards the published stars from %s facts', (path) => {
    const awarded = participants().map((agency) => [agency.filingNumber, sheetOf(agency, path).stars]);
    const expected = PARTICIPANTS.map(({ filingNumber }) => [filingNumber, STARS[filingNumber] ?? 0]);
    expect(Object.fromEntries(awarded)).toEqual(Object.fromEntries(expected));
  });

  it.each<Path>(['inspected', 'deskReviewed'])('has the circular’s figures from %s facts', (path) => {
    const scored = participants().map((agency) => {
      const input = inputOf(agency, path);
      return {
        agency,
        sheet: scoreAgency(input),
        answers: input.answers,
        platformCompleted: input.platformCompleted,
      };
    });
    const statistics = statisticsOf(folder.rubric, scored);
    expect(statistics.byFilingType).toEqual({ enterprise: 6, technicalSchool: 3, socialOrganisation: 4 });
    expect(statistics.byNature).toEqual({ schoolOrCollege: 4, trainingSchool: 3, stateOwned: 4, private: 2 });
    expect(statistics.bands.map(({ count }) => count)).toEqual([4, 2, 2, 5]);
    expect(statistics.withoutActivity).toBe(5);
    expect(Number(statistics.averageExecutionRate)).toBeGreaterThanOrEqual(80);
    expect(statistics.majorClasses.map(({ majorClass }) => majorClass)).toEqual(['3', '4', '5', '6']);
  });

  it('needs the upheld objection for the published star of one agency', () => {
    const agency = participants().find(({ filingNumber }) => filingNumber === 'S000034040016');
    if (!agency) throw new Error('missing');
    for (const path of ['inspected', 'deskReviewed'] as const) {
      expect([sheetOf(agency, path, false).stars, sheetOf(agency, path).stars]).toEqual([3, 4]);
    }
  });

  it('raises a flag where the platform’s figures differ, and one for the files that prove many items', () => {
    const flags = participants().flatMap((agency) => {
      const answers = folder.selfEvaluations.get(agency.filingNumber)?.answers;
      if (!answers) return [];
      const raised = raiseFlags({
        rubric: folder.rubric,
        answers,
        platform: folder.platform.find((one) => one.filingNumber === agency.filingNumber),
        tolerancePercent: folder.settings.figureTolerancePercent,
        selfScore: scoreAgency({ ...inputOf(agency, 'deskReviewed', false), answers }),
        sharedEvidence: new Map(),
        upheldComplaints: 0,
        period: periodOf(folder.settings, folder.year),
      });
      return raised.map(({ code, item }) => [agency.filingNumber, code, item]);
    });
    const reused = flags.filter(([, code]) => code === 'evidenceReused');
    expect(reused).toHaveLength(folder.selfEvaluations.size);
    expect(flags.filter((flag) => !reused.includes(flag))).toEqual([
      ['S000034040005', 'figureDiffers', 'F1'],
      ['S000034040017', 'figureDiffers', 'D4'],
    ]);
  });

  it('has different evidence for every agency, each of the kind that it says', () => {
    const files = [...folder.selfEvaluations.values()].flatMap((filed) => filed.files);
    expect(files).toHaveLength(36);
    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(files.length);
    for (const { location, contentType } of files) {
      const start = readFileSync(location).subarray(0, 4).toString('latin1');
      expect(start).toBe(contentType === 'image/png' ? '\x89PNG' : '%PDF');
    }
  });
});

describe.each(SAMPLE_YEARS)('the generator of $year', (sample) => {
  const made = mkdtempSync(join(tmpdir(), 'sample-'));
  const committedIn = join(import.meta.dirname, `../../../docs/sample/huainan-${sample.year}`);
  afterAll(() => rmSync(made, { recursive: true }));

  const pathsOf = (dir: string) =>
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(dir.length))
      .sort();

  it('writes the committed files, and they are a folder without problems', async () => {
    await writeSample(sample, made);
    expect(pathsOf(made)).toEqual(pathsOf(committedIn));
    for (const path of pathsOf(made)) {
      const [now, committed] = [readFileSync(join(made, path)), readFileSync(join(committedIn, path))];
      if (path.endsWith('.xlsx'))
        expect(await readTables(path, now)).toEqual(await readTables(path, committed));
      else expect(now.equals(committed), path).toBe(true);
    }
    expect((await readFolder(made)).folder?.year).toBe(sample.year);
  });
});
