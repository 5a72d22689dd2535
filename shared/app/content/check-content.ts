/** Whether a file is what its type says, and harmless: by its bytes, never by its name. */
import type { EvidenceType } from '../../domain/evidence-types.ts';
import { type ByteSource, inBlocks } from './byte-source.ts';
import { checkJpeg, checkPng } from './image.ts';
import { checkPackage, DOCX, XLSX } from './ooxml.ts';
import { checkPdf } from './pdf.ts';
import { type ContentProblem, ContentRefused } from './problem.ts';
import { checkMp4 } from './video.ts';

export interface ContentLimits {
  imageMegapixels: number;
}

const CHECKS: Record<EvidenceType, (source: ByteSource, limits: ContentLimits) => Promise<void>> = {
  'application/pdf': checkPdf,
  'image/jpeg': (source, { imageMegapixels }) => checkJpeg(source, imageMegapixels),
  'image/png': (source, { imageMegapixels }) => checkPng(source, imageMegapixels),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': (source) =>
    checkPackage(source, DOCX),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': (source) => checkPackage(source, XLSX),
  'video/mp4': checkMp4,
};

/** Why the file cannot be accepted, or undefined. */
export async function checkContent(
  type: EvidenceType,
  source: ByteSource,
  limits: ContentLimits,
): Promise<ContentProblem | undefined> {
  if (source.size === 0) return 'empty';
  try {
    await CHECKS[type](inBlocks(source), limits);
    return undefined;
  } catch (error) {
    if (error instanceof ContentRefused) return error.problem;
    throw error;
  }
}
