/**
 * Saves the form as it is typed: first on this machine, at once; then on the server, when typing pauses. A lost connection, an
 * ended session or a closed page loses nothing. What somebody saved elsewhere meanwhile is never written over unseen.
 */
import type { Rubric } from '../../../shared/domain/rubric.ts';
import { api, Problem } from '../session/api.ts';
import { messageOf } from '../ui/loading.ts';
import { type Draft, Draft as DraftSchema, dossierPath, type Own, readDraft } from './dossier.ts';
import { answersOf, type Form, formOf, hasMore } from './entries.ts';
import type { LocalDraft } from './local-draft.ts';

export type Saving =
  /** Nothing to save, or all of it saved: when, if ever. */
  | { state: 'saved'; at: string | null; unfinished: boolean }
  | { state: 'waiting' }
  | { state: 'saving' }
  /** On this machine only, and why; tried again by itself. */
  | { state: 'kept'; message: string }
  /** Saved elsewhere meanwhile: a person must choose. */
  | { state: 'conflict' }
  /** The server does not take it, and trying again will not help. */
  | { state: 'refused'; message: string };

const PAUSE_MS = 800;
const RETRY_MS = [3_000, 6_000, 15_000, 30_000];

export interface DraftState {
  form: Form;
  saving: Saving;
}

export class Autosave {
  private readonly own: Own;
  private readonly rubric: Rubric;
  private readonly local: LocalDraft;
  private version: number;
  private savedText: string;
  private current: DraftState;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private lastSaved: string | null;

  /** Begins with what the server holds, or with what this machine kept of the same version. */
  constructor(own: Own, rubric: Rubric, local: LocalDraft, held: { form: Form; draft: Draft | null }) {
    this.own = own;
    this.rubric = rubric;
    this.local = local;
    this.version = held.draft?.version ?? 0;
    this.savedText = JSON.stringify(answersOf(rubric, held.form));
    this.lastSaved = held.draft?.savedAt ?? null;
    const kept = local.read();
    const saved = { state: 'saved', at: this.lastSaved, unfinished: false } as const;
    this.current = { form: kept?.form ?? held.form, saving: saved };
    if (kept && kept.version !== this.version) this.current.saving = { state: 'conflict' };
    else if (kept) this.settle();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    const again = () => this.tryNow();
    window.addEventListener('online', again);
    if (this.current.saving.state === 'waiting') this.later(0);
    return () => {
      this.listeners.delete(listener);
      window.removeEventListener('online', again);
      clearTimeout(this.timer);
    };
  };

  readonly state = (): DraftState => this.current;

  change(update: (form: Form) => Form): void {
    const form = update(this.current.form);
    this.current = { ...this.current, form };
    this.local.write({ form, version: this.version });
    if (this.current.saving.state === 'conflict') this.tell(this.current.saving);
    else this.settle();
  }

  /** The other one, as the server holds it, in place of this one. */
  async takeTheirs(): Promise<void> {
    const draft = await readDraft(this.own);
    this.version = draft?.version ?? 0;
    const form = draft ? formOf(draft.answers) : { items: {}, bonus: {} };
    this.savedText = JSON.stringify(answersOf(this.rubric, form));
    this.local.clear();
    this.current = { ...this.current, form };
    this.tell({ state: 'saved', at: draft?.savedAt ?? null, unfinished: false });
  }

  /** This one in place of the other. */
  async keepMine(): Promise<void> {
    this.version = (await readDraft(this.own))?.version ?? 0;
    this.local.write({ form: this.current.form, version: this.version });
    this.tell({ state: 'waiting' });
    await this.save();
  }

  /** It has been filed: nothing is left to be saved. */
  filed(): void {
    clearTimeout(this.timer);
    this.local.clear();
  }

  tryNow(): void {
    if (this.current.saving.state === 'kept') this.later(0);
  }

  private get text(): string {
    return JSON.stringify(answersOf(this.rubric, this.current.form));
  }

  private settle(): void {
    this.tell({ state: 'waiting' });
    this.later(PAUSE_MS);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), ms);
  }

  private async save(): Promise<void> {
    if (this.current.saving.state === 'saving' || this.current.saving.state === 'conflict') return;
    const sent = this.text;
    if (sent === this.savedText) {
      this.done(null);
      return;
    }
    this.tell({ state: 'saving' });
    try {
      const path = `${dossierPath(this.own)}/draft?version=${this.version}`;
      const saved = await api.put(path, JSON.parse(sent), DraftSchema);
      this.version = saved.version;
      this.savedText = sent;
      this.failures = 0;
      this.done(saved.savedAt);
    } catch (error) {
      this.failed(error);
    }
  }

  private done(at: string | null): void {
    this.lastSaved = at ?? this.lastSaved;
    if (this.text !== this.savedText) {
      this.settle();
      return;
    }
    const unfinished = hasMore(this.rubric, this.current.form);
    if (unfinished) this.local.write({ form: this.current.form, version: this.version });
    else this.local.clear();
    this.tell({ state: 'saved', at: this.lastSaved, unfinished });
  }

  private failed(error: unknown): void {
    const message = messageOf(error);
    if (error instanceof Problem && error.code === 'draftChanged') this.tell({ state: 'conflict' });
    else if (error instanceof Problem && !error.passing) this.tell({ state: 'refused', message });
    else {
      this.tell({ state: 'kept', message });
      // An ended session waits for a person, who comes back by another way.
      if (error instanceof Problem) this.later(RETRY_MS[this.failures++] ?? 30_000);
    }
  }

  private tell(saving: Saving): void {
    this.current = { ...this.current, saving };
    for (const listener of this.listeners) listener();
  }
}
