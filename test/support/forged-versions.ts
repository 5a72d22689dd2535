/** Later versions of an archive as somebody would forge them: texts and chains changed, and everything sealed to fit. */
import { genesisOf, keys } from '../../shared/app/records.ts';
import { jsonText, sha256Hex } from '../../shared/app/snapshots.ts';
import type { Entry } from '../../shared/domain/history.ts';
import { POWER, STEEL, YEAR } from './agencies.ts';
import { resealed, withChanged } from './resealed.ts';

export type Files = ReadonlyMap<string, Uint8Array>;
type Json = Record<string, never>;

/** With one JSON file changed. */
export function changed(files: Files, path: string, change: (value: Json) => void): Files {
  const value = JSON.parse(new TextDecoder().decode(files.get(path))) as Json;
  change(value);
  return new Map(files).set(path, new TextEncoder().encode(jsonText(value)));
}

/** The files with the manifest of a version, and of those after it, made to fit again. */
export function withManifests(files: Files): Files {
  let previous = sha256Hex(files.get('manifest.json') ?? '');
  let fitted = files;
  for (const folder of ['v2/', 'v3/', 'v4/']) {
    fitted = changed(fitted, `${folder}manifest.json`, (manifest) => {
      Object.assign(manifest, { previousManifest: previous });
      for (const file of (manifest as unknown as { files: { path: string }[] }).files) {
        const bytes = fitted.get(folder + file.path) ?? new Uint8Array();
        Object.assign(file, { sha256: sha256Hex(bytes), size: bytes.length });
      }
    });
    previous = sha256Hex(fitted.get(`${folder}manifest.json`) ?? '');
  }
  return fitted;
}

/** A chain with some of its entries changed and sealed again. */
export const forgedChain = (
  entries: Entry[],
  genesis: string,
  type: string,
  change: (entry: Entry) => void,
) => resealed(withChanged(entries, type, change), genesis);

function inHistory(
  folder: string,
  record: string[],
  genesis: string,
  type: string,
  change: (e: Entry) => void,
) {
  return (files: Files): Files =>
    changed(files, `${folder}history.json`, (history) => {
      const last = record.at(-1) ?? '';
      const holder = record.slice(0, -1).reduce<Json>((value, key) => value[key] as unknown as Json, history);
      const entries = holder[last] as unknown as Entry[];
      Object.assign(holder, { [last]: forgedChain(entries, genesis, type, change) });
    });
}

export const inRectification = (type: string, change: (entry: Entry) => void, filingNumber = POWER) =>
  inHistory(
    'v3/',
    ['rectifications', filingNumber],
    genesisOf(keys.rectification(YEAR, filingNumber)),
    type,
    change,
  );
export const inRectificationRun = (type: string, change: (entry: Entry) => void) =>
  inHistory('v3/', ['rectificationRun'], genesisOf(keys.rectificationRun(YEAR)), type, change);
export const inCorrectionRun = (type: string, change: (entry: Entry) => void) =>
  inHistory('v2/', ['correctionRun'], genesisOf(keys.correctionRun(YEAR)), type, change);
export const inDossier = (type: string, change: (entry: Entry) => void) =>
  inHistory('v2/', ['dossiers', STEEL], genesisOf(keys.dossier(YEAR, STEEL)), type, change);
