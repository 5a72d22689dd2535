/** The types of document that there are. One more is a file, its template, and a line here. */
import type { OfficialDocument } from './model.ts';
import { type AnnouncementSnapshot, announcementDocument } from './types/announcement.ts';
import { type CircularSnapshot, circularDocument } from './types/circular.ts';
import { type NoticeSnapshot, noticeDocument } from './types/notice.ts';
import { type PlanSnapshot, planDocument } from './types/plan.ts';
import { type RectificationSnapshot, rectificationDocument } from './types/rectification.ts';
import { type ScoreSheetSnapshot, scoreSheetDocument } from './types/score-sheet.ts';

export interface Snapshots {
  notice: NoticeSnapshot;
  plan: PlanSnapshot;
  announcement: AnnouncementSnapshot;
  circular: CircularSnapshot;
  'score-sheet': ScoreSheetSnapshot;
  rectification: RectificationSnapshot;
}
export type DocumentType = keyof Snapshots;

export const DOCUMENT_TYPES: { [T in DocumentType]: (snapshot: Snapshots[T]) => OfficialDocument } = {
  notice: noticeDocument,
  plan: planDocument,
  announcement: announcementDocument,
  circular: circularDocument,
  'score-sheet': scoreSheetDocument,
  rectification: rectificationDocument,
};
