/** Dates and times as an office writes them, in China's time wherever the reader is. */
const zone = { timeZone: 'Asia/Shanghai' } as const;
const DAY = new Intl.DateTimeFormat('zh-CN', { ...zone, year: 'numeric', month: 'long', day: 'numeric' });
const TIME = new Intl.DateTimeFormat('zh-CN', {
  ...zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `2022年3月15日`, of an instant or a date. */
export const printedDay = (instant: string): string => DAY.format(new Date(instant));

/** The same of a date that may have been left out. */
export const printedDate = (date: string | null | undefined): string => (date ? printedDay(date) : '未填');

/** `23:59` */
export const printedTime = (instant: string): string => TIME.format(new Date(instant));

/** `2022年3月15日 23:59` */
export const printedInstant = (instant: string): string => `${printedDay(instant)} ${printedTime(instant)}`;

const ISO = new Intl.DateTimeFormat('en-CA', { ...zone, year: 'numeric', month: '2-digit', day: '2-digit' });

/** Today in China, as a date field takes it: `2022-03-15`. */
export const today = (): string => ISO.format(new Date());

/** The year in China. */
export const chinaYear = (): number => Number(today().slice(0, 4));
