/** One year in a process of its own, so that the memory is its alone: prints what was measured. */
import { measureYear } from './measured-year.ts';

const [agencies, how] = process.argv.slice(2);
const measured = await measureYear({ agencies: Number(agencies), unattended: how === 'unattended' });
process.stdout.write(JSON.stringify(measured));
