/** Whether the settings fit the registry, the calendar and the staff. */

import type { Role } from '../../../shared/domain/history.ts';
import { expectWholeYears, isWorkingDay, UnknownHolidays } from '../../../shared/domain/working-days.ts';
import type { Population } from './population.ts';
import type { Problems } from './problems.ts';
import type { SettingsFile } from './schemas.ts';
import type { StaffRole } from './types.ts';
import type { YamlFile } from './yaml-file.ts';

export const SETTINGS = 'settings.yaml';

const ROLE_OF_LIST: Record<StaffRole, Role> = {
  handlers: 'handler',
  approvers: 'approver',
  directors: 'director',
  auditors: 'auditor',
  inspectors: 'inspector',
};

/** The roles of each person. Tells people listed under one id with two names, or twice in one list. */
export function staffRoles(
  { value, lineOf }: YamlFile<SettingsFile>,
  problems: Problems,
): Map<string, Role[]> {
  const roles = new Map<string, Role[]>();
  const names = new Map<string, string>();
  for (const [list, role] of Object.entries(ROLE_OF_LIST) as [StaffRole, Role][]) {
    value.staff[list].forEach(({ id, name }, index) => {
      const at = { file: SETTINGS, row: lineOf(['staff', list, index]), field: `staff.${list}` };
      const known = names.get(id);
      const before = roles.get(id) ?? [];
      if (known !== undefined && known !== name) {
        problems.error(at, `id“${id}”已用于${known}，请为${name}另取一个 id`);
      } else if (before.includes(role)) problems.error(at, `“${id}”在 ${list} 中列了两次，请删去一处`);
      else if (before.length > 0) problems.warn(at, `“${id}”兼任多个角色，经办和审批仍须由不同人员承担`);
      names.set(id, name);
      roles.set(id, [...before, role]);
    });
  }
  return roles;
}

export function checkSettings(
  { value, lineOf }: YamlFile<SettingsFile>,
  population: Population,
  problems: Problems,
): void {
  const { settings, staff, startsOn } = value;
  settings.exclusions.forEach(({ filingNumber }, index) => {
    if (population.has(filingNumber)) return;
    const path = ['settings', 'exclusions', index];
    const at = { file: SETTINGS, row: lineOf(path), field: path.join('.') };
    problems.warn(at, `名册中没有备案号 ${filingNumber} 的机构，请核对`);
  });
  staff.inspectors.forEach(({ name, recusals, employers = [] }, index) => {
    for (const { filingNumber } of [...recusals, ...employers].filter(
      (one) => !population.has(one.filingNumber),
    )) {
      const at = { file: SETTINGS, row: lineOf(['staff', 'inspectors', index]), field: 'staff.inspectors' };
      problems.warn(at, `${name}回避的机构 ${filingNumber} 不在名册中，请核对`);
    }
  });
  if (staff.inspectors.length < settings.inspectorsPerVisit) {
    const at = { file: SETTINGS, row: lineOf(['staff', 'inspectors']), field: 'staff.inspectors' };
    problems.error(
      at,
      `督导员只有 ${staff.inspectors.length} 人，每次检查需要 ${settings.inspectorsPerVisit} 人`,
    );
  }
  const at = { file: SETTINGS, row: lineOf(['startsOn']), field: 'startsOn' };
  try {
    expectWholeYears(settings.declaredDays);
    if (!isWorkingDay(startsOn, settings.declaredDays)) problems.note(at, `${startsOn} 不是工作日`);
  } catch (error) {
    if (!(error instanceof UnknownHolidays)) throw error;
    const field = 'settings.declaredDays';
    problems.error(
      { ...at, field },
      `${error.year} 年放假安排未知或不全，请填写该年全部放假日（false）和调休上班日（true），还缺：${error.missing.join('、')}`,
    );
  }
}
