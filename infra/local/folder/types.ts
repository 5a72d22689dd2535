/** What an input folder holds once it has been read: the whole of a year, as a centre that works in spreadsheets has it. */
import type { Agency, FilingNumber } from '../../../shared/domain/agency.ts';
import type { CivilDate } from '../../../shared/domain/calendar.ts';
import type { Correction } from '../../../shared/domain/corrected-facts.ts';
import type { Commitment } from '../../../shared/domain/dossier.ts';
import type { Answers, Facts } from '../../../shared/domain/facts.ts';
import type { FlagCode } from '../../../shared/domain/flag.ts';
import type { ASSESSMENT_GATES } from '../../../shared/domain/gates.ts';
import type { PlatformFigures } from '../../../shared/domain/platform.ts';
import type { Rubric } from '../../../shared/domain/rubric.ts';
import type { Inspector, Settings } from '../../../shared/domain/settings.ts';

/** `note`: nothing is wrong, but somebody should know, such as an agency that files nothing. */
export type Severity = 'error' | 'warning' | 'note';

export interface Problem {
  severity: Severity;
  /** Path inside the folder, with `/`. */
  file: string;
  sheet?: string;
  row?: number;
  field?: string;
  /** `B7`. */
  cell?: string;
  /** In Chinese: what is wrong and what to do. */
  message: string;
}

/** A file of the folder that goes to the store. Its bytes are read again when they are sent. */
export interface LocalFile {
  /** Path inside the folder, with `/`; evidence refs carry it as their `id`. */
  path: string;
  /** Where it is on disk. */
  location: string;
  fileName: string;
  contentType: string;
  sha256: string;
  size: number;
  effectiveOn: CivilDate;
}

/** A file that is posted as it is: the API parses it again. */
export interface RawFile {
  fileName: string;
  bytes: Uint8Array;
}

export interface Person {
  id: string;
  name: string;
}

export interface Staff {
  handlers: Person[];
  approvers: Person[];
  directors: Person[];
  auditors: Person[];
  inspectors: Inspector[];
}
export type StaffRole = keyof Staff;

export interface SelfEvaluation {
  /** The form's own file, inside the folder. */
  source: string;
  /** Evidence refs: `id` is the {@link LocalFile.path}, to be replaced by the id that the upload returns. */
  answers: Answers;
  commitment: Commitment;
  files: LocalFile[];
}

export interface Representative {
  name: string;
  agrees: boolean;
  statement?: string;
}

/** What the inspectors of a visit found, both alike. Used only if the agency is drawn. */
export interface Inspection {
  source: string;
  answers: Answers;
  representative: Representative;
  files: LocalFile[];
}

/** An objection, or the answer to a draft result. */
export interface FiledObjection {
  source: string;
  filingNumber: FilingNumber;
  /** 1 for the agency's first. */
  number: number;
  items: string[];
  reason: string;
  files: LocalFile[];
  /** Absent: on the first working day of the announcement. */
  raisedOn?: CivilDate;
}

type Gates = typeof ASSESSMENT_GATES;

/** Gates of the year that a person decides. */
export type DecidedGate = {
  [G in keyof Gates]: Gates[G]['waitsFor'] extends 'decision' ? G : never;
}[keyof Gates];

export interface PlannedDecision {
  by: string;
  verdict: 'approve' | 'return' | 'cancel';
  reason: string;
  /** Whom a return sends back; only for `reviewScores`. */
  agencies: FilingNumber[];
  /** Working days after the gate opened. */
  afterDays: number;
}

export interface PlannedObjectionDecision {
  filingNumber: FilingNumber;
  number: number;
  by: string;
  verdict: 'upheld' | 'rejected';
  reason: string;
  /** Empty when rejected. */
  corrections: Correction[];
  /** Working days after the objection was raised. */
  afterDays: number;
}

/** Flags whose declaration is accepted for a reason: of any agency, kind and item, or of those that are named. */
export interface AcceptedFlags {
  filingNumber?: FilingNumber | undefined;
  code?: FlagCode | undefined;
  item?: string | undefined;
  reason: string;
}

export interface Decisions {
  /** In order of attempts. */
  gates: Record<DecidedGate, PlannedDecision[]>;
  deskReview: {
    by: string;
    /** The opinion that is written on every dossier. */
    reason: string;
    corrections: (Correction & { filingNumber: FilingNumber })[];
    acceptedFlags: AcceptedFlags[];
    notApplicable: {
      filingNumber: FilingNumber;
      item: string;
      approve: boolean;
      by: string;
      reason: string;
    }[];
    afterDays: number;
  };
  /** What other inspectors than the first recorded differently of an item, and why all agreed with the first. */
  jointEntries: { filingNumber: FilingNumber; item: string; recorded: Facts; reason: string }[];
  /** Replies to answers to draft results. */
  answers: PlannedObjectionDecision[];
  objections: PlannedObjectionDecision[];
}

export interface InputFolder {
  /** Where the folder is on disk. */
  dir: string;
  year: number;
  /** The day on which the yearly schedule fires, at 09:00 in China. */
  startsOn: CivilDate;
  /** Text from which all randomness of a run derives. */
  seed: string;
  settings: Settings;
  rubric: Rubric;
  staff: Staff;
  registry: RawFile & { agencies: Agency[] };
  platform: PlatformFigures[];
  platformFile?: RawFile;
  selfEvaluations: Map<FilingNumber, SelfEvaluation>;
  inspections: Map<FilingNumber, Inspection>;
  /** Answers to draft results; whoever gives none accepts. */
  answers: FiledObjection[];
  objections: FiledObjection[];
  decisions: Decisions;
}

/** `folder` is absent when any problem is an error. */
export interface FolderReading {
  folder?: InputFolder;
  problems: Problem[];
}
