/** Complaints as staff read them and act on them. */
import * as z from 'zod/mini';
import { ComplaintLine, ComplaintList, ComplaintView } from '../../../shared/domain/complaint-forms.ts';
import { api } from '../session/api.ts';
import { dossierPath } from './dossier.ts';

export const readComplaints = (cursor: string | null = null): Promise<ComplaintList> =>
  api.get(`/complaints${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`, ComplaintList);

export const readComplaint = (number: string): Promise<ComplaintView> =>
  api.get(`/complaints/${encodeURIComponent(number)}/record`, ComplaintView);

/** Those of an agency that a case for a veto may rest on. */
export const readUpheld = (year: number, filingNumber: string): Promise<ComplaintLine[]> =>
  api.get(`${dossierPath(year, filingNumber)}/upheld-complaints`, z.array(ComplaintLine));

export const actOnComplaint = (number: string, act: string, body: unknown): Promise<ComplaintView> =>
  api.post(`/complaints/${encodeURIComponent(number)}/${act}`, body, ComplaintView);
