/** A year with what followed it: two corrections and a rectification between them, verified from the folder alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { downloadYear } from '../../../infra/local/drive/output.ts';
import { readStoredData } from '../../../infra/local/stored-data.ts';
import type { Finding } from '../../../shared/app/archive/check.ts';
import { type Known, verifyArchive } from '../../../shared/app/archive/verify-archive.ts';
import { checkData } from '../../../shared/app/invariants/check-data.ts';
import { genesisOf, keys } from '../../../shared/app/records.ts';
import { sha256Hex } from '../../../shared/app/snapshots.ts';
import type { Entry } from '../../../shared/domain/history.ts';
import {
  giveVerdict,
  publishCorrection,
  recheck,
  rectificationRunOf,
  rectify,
  signRecommendations,
} from '../../support/afterwards.ts';
import { answered, POWER, pdf, SCHOOL, STEEL, TRAINING, YEAR } from '../../support/agencies.ts';
import { openCity } from '../../support/city.ts';
import {
  changed,
  type Files,
  forgedChain,
  inCorrectionRun,
  inDossier,
  inRectification,
  inRectificationRun,
  withManifests,
} from '../../support/forged-versions.ts';
import { confirm, grantFor, importFigures, put, submit } from '../../support/passage.ts';

const findingsOf = (files: Files, known?: Known) =>
  verifyArchive(files, known).checks.flatMap(({ findings }) => findings);

/** The first finding is of the file; a manifest's may be of a file that it lists, as the two contradict each other. */
function expectNamed(files: Files, path: string, message: string): void {
  const places = findingsOf(files).map(({ place }) => place);
  const named = path.endsWith('manifest.json') ? places : places.slice(0, 1);
  expect(
    named.filter((place) => place.startsWith(path)),
    message,
  ).not.toEqual([]);
}

const WORSE = ['A1', 'B2', 'B4', 'C1', 'E2'].map((item) => ({
  item,
  facts: { kind: 'checklist', ticked: [] },
  reason: '事后查实未落实',
}));

describe('a year with two corrections and a rectification', () => {
  let files: Files = new Map();
  let stored: Finding[] = [];
  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'xingping-versions-'));
    const city = await openCity({ silent: [POWER, TRAINING], dir });
    try {
      await city.start();
      await city.to('collectSelfEvaluations');
      await importFigures(city, { filingNumber: SCHOOL, plannedBatches: 40 });
      for (const filingNumber of [STEEL, SCHOOL]) {
        const bytes = pdf('两家共用的材料');
        const grant = await grantFor(city, filingNumber, bytes);
        await put(grant, bytes);
        await submit(city, filingNumber, answered(await confirm(city, filingNumber, grant.id)));
      }
      await city.toEnd();
      await city.runtime.settled();
      await publishCorrection(city, { kind: 'correct', filingNumber: STEEL, corrections: WORSE });
      await rectify(city, POWER);
      const { gate } = await rectificationRunOf(city);
      await city.moveTo(new Date(Date.parse(gate?.deadline ?? '') + 3_660_000).toISOString());
      await recheck(city, POWER, true);
      await giveVerdict(city, POWER, 'passed');
      await giveVerdict(city, TRAINING, 'failedAgain');
      await city.sweep();
      await signRecommendations(city, 'return', [TRAINING]);
      await giveVerdict(city, TRAINING, 'failedAgain', 'approver-2');
      await signRecommendations(city, 'approve');
      await publishCorrection(city, { kind: 'revoke', filingNumber: STEEL, grounds: '查实替考' });
      const output = await downloadYear(await city.as('auditor-1'), YEAR);
      files = new Map(output.files.map(({ path, content }) => [path, content]));
    } finally {
      await city.close();
      stored = (await checkData(await readStoredData(dir))).flatMap(({ findings }) => findings);
      rmSync(dir, { recursive: true, force: true });
    }
  }, 300_000);

  it('holds as it was published, every version by what it is', () => {
    const { checks } = verifyArchive(files);
    expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
    const titles = checks.map(({ title }) => title).join('\n');
    for (const kind of ['第 2 版（更正）', '第 3 版（整改）', '第 4 版（更正）']) {
      expect(titles).toContain(kind);
    }
    const manifest = sha256Hex(files.get('v4/manifest.json') ?? '');
    expect(findingsOf(files, { manifest })).toEqual([]);
    const first = sha256Hex(files.get('manifest.json') ?? '');
    expect(findingsOf(files, { manifest: first })[0]?.place).toBe('v4/manifest.json');
  });

  it('holds in the data that were left behind as well', () => {
    expect(stored).toEqual([]);
  });

  it('names each file in which one byte was changed, first of all', () => {
    expect([...files.keys()].filter((path) => path.startsWith('v')).length).toBeGreaterThanOrEqual(13);
    for (const [path, content] of files) {
      const at = Math.floor(content.length / 2);
      const bytes = Uint8Array.from(content);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expectNamed(new Map(files).set(path, bytes), path, `${path} at ${at}`);
    }
  }, 300_000);

  it('names each file that is missing, and one that nobody published', () => {
    for (const path of files.keys()) {
      const without = new Map(files);
      without.delete(path);
      expectNamed(without, path, path);
    }
    const more = new Map(files).set('v2/public/extra.json', new Uint8Array([1]));
    expect(findingsOf(more)[0]).toMatchObject({ place: 'v2/public/extra.json' });
  }, 300_000);

  it('misses a version that was taken away between two others', () => {
    const without = new Map([...files].filter(([path]) => !path.startsWith('v3/')));
    const problems = findingsOf(without).map(({ problem }) => problem);
    expect(problems).toContain('前面缺少第 3 版');
  });

  it('raises every flag again from form, platform and other agencies', () => {
    const flagged = (code: string) => (all: Files) =>
      changed(all, 'history.json', (history) => {
        const { dossiers } = history as unknown as { dossiers: Record<string, Entry[]> };
        dossiers[SCHOOL] = forgedChain(
          dossiers[SCHOOL] ?? [],
          genesisOf(keys.dossier(YEAR, SCHOOL)),
          'flagged',
          ({ data }) => {
            const own = data as { flags: { code: string }[] };
            own.flags = own.flags.filter((flag) => flag.code !== code);
          },
        );
      });
    for (const code of ['figureDiffers', 'evidenceDuplicated', 'evidenceReused']) {
      const found = findingsOf(flagged(code)(files));
      expect(
        found.map(({ problem }) => problem),
        code,
      ).toContain('异常预警与比对结果不符');
    }
    const imported = [...files.keys()].find((path) => path.startsWith('platform-')) ?? '';
    const forged = changed(files, imported, (figures) => {
      Object.assign(figures[0] as unknown as object, { plannedBatches: 20 });
    });
    expect(findingsOf(forged).map(({ problem }) => problem)).toEqual(
      expect.arrayContaining([`登记的摘要与 ${imported} 不符`, '平台数据与导入的不符']),
    );
  });

  it.each([
    ['uploads.json', STEEL],
    ['v3/uploads.json', POWER],
  ])('holds each file that a record names to its own signed history in %s', (path, filingNumber) => {
    const forged = (type: string, change: (data: never) => void) =>
      changed(files, path, (uploads) => {
        const own = uploads[filingNumber] as unknown as Record<string, Entry[]>;
        for (const [id, entries] of Object.entries(own)) {
          const genesis = genesisOf(keys.upload(YEAR, filingNumber, id));
          own[id] = forgedChain(entries, genesis, type, ({ data }) => change(data as never));
        }
      });
    const problems = (all: Files) => findingsOf(all).map(({ problem }) => problem);
    const other = forged('requested', ({ file }: { file: { sha256: string } }) => {
      file.sha256 = '0'.repeat(64);
    });
    expect(problems(other)).toContain('所附材料与上传记录不符');
    const later = forged('requested', ({ file }: { file: { effectiveOn: string } }) => {
      file.effectiveOn = '2020-01-01';
    });
    expect(problems(later)).toContain('所附材料与上传记录不符');
    const unchecked = changed(files, path, (uploads) => {
      const own = uploads[filingNumber] as unknown as Record<string, Entry[]>;
      for (const [id, entries] of Object.entries(own)) own[id] = entries.slice(0, 1);
    });
    expect(problems(unchecked)).toContain('提交时所附材料没有登记为已提交');
    const more = changed(files, path, (uploads) => {
      Object.assign(uploads[filingNumber] as unknown as object, { ['0'.repeat(32)]: [] });
    });
    expect(problems(more)).toContain('没有任何记录使用这个文件');
  });

  it.each<[string, (files: Files) => Files, string, string]>([
    [
      'a star in the corrected circular',
      (all) =>
        changed(all, 'v2/public/circular.json', (circular) => {
          Object.assign(circular, { annex: [] });
        }),
      'v2/public/circular.json',
      '与由记录重算的结果不符',
    ],
    [
      'another version superseded',
      (all) =>
        changed(all, 'v4/manifest.json', (manifest) => {
          Object.assign(manifest, { supersedes: 1 });
        }),
      'v4/manifest.json',
      '与由文件重新生成的清单不符',
    ],
    [
      'a correction that the director did not sign as it was carried out',
      inDossier('resultCorrected', ({ data }) => {
        (data as { corrections: { reason: string }[] }).corrections.forEach((one) => {
          one.reason = '另有原因';
        });
      }),
      'v2/history.json',
      '登记的更正与签发的不符',
    ],
    [
      'a better score after the correction',
      inDossier('resultCorrected', ({ data }) => {
        (data as { sheet: { total: string } }).sheet.total = '99.00';
      }),
      'v2/history.json',
      '得分与更正后的事实不符',
    ],
    [
      'an entry of the year rewritten in a later version',
      inDossier('deskReviewed', (entry) => {
        entry.reason = '未核对';
      }),
      'v2/history.json',
      '与前一版本归档的记录不符',
    ],
    [
      'a correction approved by whoever drafted it',
      inCorrectionRun('gateDecided', (entry) => {
        if (entry.by.role === 'approver') entry.by.id = 'handler-1';
      }),
      'v2/history.json',
      '审批了自己参与的工作',
    ],
    [
      'a correction that was never signed',
      inCorrectionRun('gateDecided', ({ data }) => {
        const decided = data as { gate: string; verdict: string };
        if (decided.gate === 'signCorrection') decided.verdict = 'return';
      }),
      'v2/history.json',
      '更正未经主任签发',
    ],
    [
      'an item that the notice did not name',
      inRectification('noticeIssued', ({ data }) => {
        (data as { items: { found: string }[] }).items.forEach((one) => {
          one.found = '无';
        });
      }),
      'v3/history.json',
      '整改项目与评分结果不符',
    ],
    [
      'more time than the settings give',
      inRectification('noticeIssued', ({ data }) => {
        Object.assign(data as object, { deadline: '2023-12-31T15:59:59.999Z' });
      }),
      'v3/history.json',
      '整改期限与评估设置不符',
    ],
    [
      'a verdict that passes what is open',
      inRectification(
        'verdictGiven',
        ({ data }) => {
          Object.assign(data as object, { verdict: 'passed' });
        },
        TRAINING,
      ),
      'v3/history.json',
      '仍有项目未通过复查，却认定为合格',
    ],
    [
      'a re-check by somebody whom the lots did not send',
      inRectification('recheckAssigned', ({ data }) => {
        (data as { inspectors: string[] }).inspectors.reverse();
      }),
      'v3/history.json',
      '复查人员与抽签结果不符',
    ],
    [
      'lots that do not follow from the seed',
      inRectificationRun('rechecksDrawn', ({ data }) => {
        (data as { draw: { visits: { lot: string }[] } }).draw.visits.forEach((visit) => {
          visit.lot = '0';
        });
      }),
      'v3/history.json',
      '复查抽签与种子和名单不符',
    ],
    [
      'a recommendation that somebody else signed',
      inRectification(
        'recommended',
        ({ data }) => {
          Object.assign(data as object, { signedBy: 'director-2' });
        },
        TRAINING,
      ),
      'v3/history.json',
      '处理建议与主任的签发不符',
    ],
  ])('finds %s, with all manifests made to fit', (_what, forge, file, problem) => {
    const forged = forge(files);
    const found = findingsOf(file.endsWith('manifest.json') ? forged : withManifests(forged));
    expect(found[0]?.place.startsWith(file)).toBe(true);
    expect(found.map((one) => one.problem).join('；')).toContain(problem);
  });
});
