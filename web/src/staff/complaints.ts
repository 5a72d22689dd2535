/** Complaints as staff read them and act on them. */
import { ComplaintList, ComplaintView } from '../../../shared/domain/complaint-forms.ts';
import { api } from '../session/api.ts';

export const readComplaints = (cursor: string | null = null): Promise<ComplaintList> =>
  api.get(`/complaints${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`, ComplaintList);

export const readComplaint = (number: string): Promise<ComplaintView> =>
  api.get(`/complaints/${encodeURIComponent(number)}/record`, ComplaintView);

export const actOnComplaint = (number: string, act: string, body: unknown): Promise<ComplaintView> =>
  api.post(`/complaints/${encodeURIComponent(number)}/${act}`, body, ComplaintView);
