/** `npm run bench [-- part…]`: prints ratios against named peers and limits, each pair measured in the same run. */
import { cpus } from 'node:os';
import { benchDocuments } from './documents.ts';
import { benchEngines } from './engines.ts';
import { benchImports } from './imports.ts';
import { benchScoring } from './scoring.ts';
import { benchReads, benchStart } from './server.ts';
import type { Line } from './timing.ts';
import { benchYears } from './years.ts';

const PARTS: Record<string, () => Promise<Line[]> | Line[]> = {
  scoring: benchScoring,
  engines: benchEngines,
  imports: benchImports,
  start: async () => [await benchStart()],
  reads: benchReads,
  documents: async () => [await benchDocuments()],
  years: () => benchYears([13, 100], [100, 1_000, 10_000]),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !PARTS[part]);
const say = (line: string) => process.stdout.write(`${line}\n`);

if (unknown.length > 0) {
  say(`unknown: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exitCode = 2;
} else {
  say(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
  say('| what | here | peer or limit | ratio | asked | holds |');
  say('|---|---:|---:|---:|---|---|');
  for (const [part, bench] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(part)) continue;
    for (const line of await bench()) {
      const holds = line.asked === '' ? '' : line.holds ? 'yes' : '**no**';
      say(`| ${line.what} | ${line.ours} | ${line.peer} | ${line.ratio} | ${line.asked} | ${holds} |`);
    }
  }
}
