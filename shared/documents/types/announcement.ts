/** The announcement 公示: proposed stars of the named bands, how many there are of the others, and how to object. */
import { letter } from '../letter.ts';
import type { OfficialDocument } from '../model.ts';
import { type StarRow, starTable } from '../star-table.ts';
import { filledBody, filledTitle } from '../template.ts';
import { ANNOUNCEMENT } from '../templates/announcement.ts';

export interface AnnouncementSnapshot {
  year: number;
  number: string | null;
  centre: string;
  city: string;
  date: string | null;
  contact: string;
  workingDays: number;
  objections: string;
  population: number;
  bands: readonly { name: string; count: number }[];
  stars: readonly StarRow[];
  sampleData: boolean;
}

export function announcementDocument(announcement: AnnouncementSnapshot): OfficialDocument {
  const { year, city, centre, workingDays, objections, population, bands, stars } = announcement;
  const values = {
    year,
    city,
    centre,
    workingDays,
    objections,
    population,
    bands: bands.map(({ name, count }) => `${name}${count}家`).join('、'),
    contact: announcement.contact || null,
  };
  const title = [`${year}年度`, '技能人才评价机构', '年度工作评估', '拟定星级'];
  return letter(announcement, {
    title: filledTitle(ANNOUNCEMENT, values),
    body: filledBody(ANNOUNCEMENT, values),
    annexes: stars.length > 0 ? [{ title, body: [starTable(stars, '拟定星级')] }] : [],
  });
}
