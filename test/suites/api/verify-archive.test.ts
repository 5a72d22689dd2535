/** A published year verified from its archive alone: whole as it is, and not after any change. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import type { Finding } from '../../../shared/app/archive/check.ts';
import { type Known, verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import { genesisOf, keys } from '../../../shared/app/records.ts';
import { jsonText, sha256Hex } from '../../../shared/app/snapshots.ts';
import type { Entry } from '../../../shared/domain/history.ts';
import { aRate } from '../../domain/builders.ts';
import { SCHOOL, STEEL, YEAR } from '../../support/agencies.ts';
import { openCity } from '../../support/city.ts';
import { dossierPath } from '../../support/passage.ts';
import { resealed, withChanged } from '../../support/resealed.ts';

type Files = Map<string, Uint8Array>;

const findingsOf = (files: Files, known?: Known): Finding[] =>
  verifyArchive(files, known).checks.flatMap(({ findings }) => findings);
const places = (files: Files, known?: Known) => findingsOf(files, known).map(({ place }) => place);

const textOf = (files: Files, path: string) => new TextDecoder().decode(files.get(path));
const changed = (files: Files, path: string, change: (text: string) => string): Files =>
  new Map(files).set(path, new TextEncoder().encode(change(textOf(files, path))));

/** Manifests that fit the files again: what somebody would write who covers a change up. */
function withManifest(files: Files): Files {
  return ['archive-manifest.json', 'manifest.json'].reduce(
    (fitted, path) =>
      changed(fitted, path, (text) => {
        const manifest = JSON.parse(text) as { files: { path: string; sha256: string; size: number }[] };
        for (const file of manifest.files) {
          const bytes = fitted.get(file.path) ?? new Uint8Array();
          Object.assign(file, { sha256: sha256Hex(bytes), size: bytes.length });
        }
        return jsonText(manifest);
      }),
    files,
  );
}

/** History with one dossier's entries written anew. */
function inDossier(files: Files, filingNumber: string, change: (entries: Entry[]) => Entry[]): Files {
  return changed(files, 'history.json', (text) => {
    const history = JSON.parse(text) as { dossiers: Record<string, Entry[]> };
    const genesis = genesisOf(keys.dossier(YEAR, filingNumber));
    history.dossiers[filingNumber] = resealed(change(history.dossiers[filingNumber] ?? []), genesis);
    return jsonText(history);
  });
}

/** The same with the data of some entries changed. */
const withData = (files: Files, filingNumber: string, type: string, change: (data: never) => void): Files =>
  inDossier(files, filingNumber, (all) => withChanged(all, type, ({ data }) => change(data as never)));

describe('the archive of a published year', () => {
  let files: Files = new Map();
  beforeAll(async () => {
    const city = await openCity();
    try {
      await city.start();
      await city.to('answerDraftResults');
      await (await city.as(SCHOOL)).post(`${dossierPath(SCHOOL)}/draft-result-answer`, {
        items: ['A2'],
        reason: '执行批次数有误',
      });
      await (await city.as('handler-2')).post(`${dossierPath(SCHOOL)}/answer-decision`, {
        verdict: 'upheld',
        reason: '经核查',
        corrections: [{ item: 'A2', facts: aRate(15, 20), reason: '以平台数据为准' }],
      });
      await city.to('receiveObjections');
      const objection = { items: ['A1', 'A2', 'B1'], reason: '计划已公布，附网址' };
      await (await city.as(STEEL)).post(`${dossierPath(STEEL)}/objections`, objection);
      await (await city.as('approver-2')).post(`${dossierPath(STEEL)}/objection-decision`, {
        verdict: 'upheld',
        reason: '经核查',
        corrections: [
          { item: 'A1', facts: { kind: 'checklist', ticked: ['1'] }, reason: '仅编制了计划' },
          { item: 'A2', facts: aRate(3, 20), reason: '仅执行 3 个批次' },
          { item: 'B1', facts: aRate(0, 20), reason: '未见公告' },
        ],
      });
      await city.toEnd();
      const output = await downloadYear(await city.as('auditor-1'), YEAR);
      files = new Map(output.files.map(({ path, content }) => [path, content]));
    } finally {
      await city.close();
    }
  }, 300_000);

  it('holds as it was published', () => {
    const { year, checks } = verifyArchive(files);
    expect(year).toBe(YEAR);
    expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
    expect(checks.length).toBeGreaterThanOrEqual(10);
    const manifest = sha256Hex(files.get('manifest.json') ?? '');
    expect(findingsOf(files, { manifest })).toEqual([]);
  });

  it('does not hold after any one byte of any file was changed, and the file is named', () => {
    const spot = fc.constantFrom(...files.keys()).chain((path) =>
      fc.record({
        path: fc.constant(path),
        at: fc.nat({ max: (files.get(path)?.length ?? 1) - 1 }),
        bit: fc.nat({ max: 7 }),
      }),
    );
    fc.assert(
      fc.property(spot, ({ path, at, bit }) => {
        const bytes = Uint8Array.from(files.get(path) ?? []);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const named = places(new Map(files).set(path, bytes));
        expect(named.some((place) => place.startsWith(path))).toBe(true);
      }),
      { numRuns: 120, seed: 20211231 },
    );
  });

  it('does not hold when a file is missing or one is there that nobody published', () => {
    for (const path of files.keys()) {
      const without = new Map(files);
      without.delete(path);
      expect(places(without).some((place) => place.startsWith(path))).toBe(true);
    }
    const [extra] = places(new Map(files).set('public/extra.json', new Uint8Array([1])));
    expect(extra).toBe('public/extra.json');
  });

  it('names the entry of a history that was changed', () => {
    const later = changed(files, 'history.json', (text) => text.replace('仅编制了计划', '已编制了计划'));
    expect(places(later)[0]).toMatch(new RegExp(`^history.json，档案 ${STEEL} 第 \\d+ 条$`));
  });

  it('finds a better star that was written into the results, the circular and the manifest alike', () => {
    const better = (text: string) => text.replace('"stars": 4', '"stars": 5');
    const forged = withManifest(
      changed(changed(files, 'results.json', better), 'public/circular.json', better),
    );
    const found = findingsOf(forged);
    expect(found[0]?.problem).toBe('与由记录重算的结果不符');
    expect(found.map(({ place }) => place).join()).toContain('stars');
  });

  it('finds a document or table that tells something else, with manifests that fit', () => {
    const papers = [...files.keys()].filter((path) => /\.(docx|html|xlsx|csv)$/.test(path));
    expect(papers.length).toBeGreaterThan(20);
    for (const path of papers) {
      const bytes = Uint8Array.from(files.get(path) ?? []);
      const at = bytes.length >> 1;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const [first] = findingsOf(withManifest(new Map(files).set(path, bytes)));
      expect(first).toMatchObject({ place: path, problem: '与由记录重新生成的文件不符' });
    }
  }, 60_000);

  it('finds facts that were changed with the whole chain sealed again', () => {
    const forged = withData(
      files,
      SCHOOL,
      'submitted',
      (data: { answers: { items: Record<string, object> } }) => {
        data.answers.items.A1 = { facts: { kind: 'checklist', ticked: [] } };
      },
    );
    const [first] = findingsOf(withManifest(forged));
    expect(first).toMatchObject({ problem: '自评得分与填报内容不符' });
    expect(first?.place).toContain(SCHOOL);
  });

  it('finds a score that was changed with the whole chain sealed again', () => {
    const forged = withData(files, SCHOOL, 'scored', (data: { sheet: { stars: number } }) => {
      data.sheet.stars = 3;
    });
    const [first] = findingsOf(withManifest(forged));
    expect(first).toMatchObject({ problem: '得分与所依据的事实不符', recorded: '3', derived: '5' });
  });

  it('finds a score of a reply that does not follow from its corrections', () => {
    for (const [filingNumber, type] of [
      [STEEL, 'objectionDecided'],
      [SCHOOL, 'answerDecided'],
    ] as const) {
      const forged = withData(files, filingNumber, type, (data: { sheet: { total: string } }) => {
        data.sheet.total = '99.00';
      });
      const [first] = findingsOf(withManifest(forged));
      expect(first).toMatchObject({ problem: '得分与更正后的事实不符', recorded: '"99.00"' });
    }
  });

  it('finds a reply of somebody who inspected the agency, about what nobody argued, or due on another day', () => {
    const found = (type: string, change: (data: never) => void) =>
      findingsOf(withManifest(withData(files, STEEL, type, change))).map(({ problem }) => problem);
    expect(
      found('objectionRaised', (data: { dueBy: string }) => {
        data.dueBy = '2022-12-31T15:59:59.999Z';
      }),
    ).toContain('截止日与评估设置不符');
    expect(
      found('objectionDecided', (data: { corrections: { item: string }[] }) => {
        for (const one of data.corrections) if (one.item === 'B1') one.item = 'B3';
      }),
    ).toContain('更正了没有争议的项目 B3');
    const inspected = inDossier(files, STEEL, (all) => {
      const inspector = all.find(({ type }) => type === 'findingRecorded')?.by;
      return withChanged(all, 'objectionDecided', (entry) => {
        if (inspector) entry.by = inspector;
      });
    });
    const wasThere = inspected.get('history.json')?.length !== files.get('history.json')?.length;
    const problems = findingsOf(withManifest(inspected)).map(({ problem }) => problem);
    expect(problems.some((problem) => problem.includes('检查过该机构'))).toBe(wasThere);
  });

  it('holds each announcement to the records of its day', () => {
    const stars = (path: string) => [...textOf(files, path).matchAll(/"stars": 5/g)].length;
    expect(stars('public/announcement-2.json')).toBe(stars('public/announcement.json') - 1);
    for (const path of ['public/announcement.json', 'public/announcement-2.json']) {
      const forged = withManifest(changed(files, path, (text) => text.replace('"stars": 5', '"stars": 4')));
      expect(places(forged)[0]).toContain(path);
    }
  });

  it('tells from a known digest that all of it was made anew', () => {
    const manifest = sha256Hex('清单');
    expect(places(files, { manifest })).toEqual(['manifest.json']);
    expect(places(files, { previousManifest: sha256Hex('上年') })).toEqual(['manifest.json']);
  });
});
