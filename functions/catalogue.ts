/** Every function of the system by its name: what the stack deploys and what the one-machine runtime calls. */
import type * as z from 'zod/mini';
import type { Deps } from '../shared/app/ports.ts';
import { env as admitAgenciesEnv } from './admit-agencies/env.ts';
import { makeHandler as admitAgencies } from './admit-agencies/handler.ts';
import { env as announceStarsEnv } from './announce-stars/env.ts';
import { makeHandler as announceStars } from './announce-stars/handler.ts';
import type { Route } from './api.ts';
import { env as archiveRectificationEnv } from './archive-rectification/env.ts';
import { makeHandler as archiveRectification } from './archive-rectification/handler.ts';
import { env as assignVisitsEnv } from './assign-visits/env.ts';
import { makeHandler as assignVisits } from './assign-visits/handler.ts';
import { env as callForVerdictsEnv } from './call-for-verdicts/env.ts';
import { makeHandler as callForVerdicts } from './call-for-verdicts/handler.ts';
import { env as closeCorrectionsEnv } from './close-corrections/env.ts';
import { makeHandler as closeCorrections } from './close-corrections/handler.ts';
import { env as closeDraftResultsEnv } from './close-draft-results/env.ts';
import { makeHandler as closeDraftResults } from './close-draft-results/handler.ts';
import { env as closeRunEnv } from './close-run/env.ts';
import { makeHandler as closeRun } from './close-run/handler.ts';
import { env as closeSelfEvaluationsEnv } from './close-self-evaluations/env.ts';
import { makeHandler as closeSelfEvaluations } from './close-self-evaluations/handler.ts';
import { env as closeVisitsEnv } from './close-visits/env.ts';
import { makeHandler as closeVisits } from './close-visits/handler.ts';
import { env as compareFiguresEnv } from './compare-figures/env.ts';
import { makeHandler as compareFigures } from './compare-figures/handler.ts';
import { env as countSecondFailuresEnv } from './count-second-failures/env.ts';
import { makeHandler as countSecondFailures } from './count-second-failures/handler.ts';
import { env as draftCircularEnv } from './draft-circular/env.ts';
import { makeHandler as draftCircular } from './draft-circular/handler.ts';
import { env as draftNoticeEnv } from './draft-notice/env.ts';
import { makeHandler as draftNotice } from './draft-notice/handler.ts';
import { env as drawRechecksEnv } from './draw-rechecks/env.ts';
import { makeHandler as drawRechecks } from './draw-rechecks/handler.ts';
import { env as drawSpotCheckEnv } from './draw-spot-check/env.ts';
import { makeHandler as drawSpotCheck } from './draw-spot-check/handler.ts';
import { env as issueRectificationNoticesEnv } from './issue-rectification-notices/env.ts';
import { makeHandler as issueRectificationNotices } from './issue-rectification-notices/handler.ts';
import { env as openGateEnv } from './open-gate/env.ts';
import { makeHandler as openGate } from './open-gate/handler.ts';
import { env as publishCorrectionEnv } from './publish-correction/env.ts';
import { makeHandler as publishCorrection } from './publish-correction/handler.ts';
import { env as publishNoticeEnv } from './publish-notice/env.ts';
import { makeHandler as publishNotice } from './publish-notice/handler.ts';
import { env as publishPlanEnv } from './publish-plan/env.ts';
import { makeHandler as publishPlan } from './publish-plan/handler.ts';
import { env as publishResultsEnv } from './publish-results/env.ts';
import { makeHandler as publishResults } from './publish-results/handler.ts';
import { env as publishStarsEnv } from './publish-stars/env.ts';
import { makeHandler as publishStars } from './publish-stars/handler.ts';
import { env as receiveComplaintsEnv } from './receive-complaints/env.ts';
import { makeHandler as receiveComplaints } from './receive-complaints/handler.ts';
import { routes as receiveComplaintsRoutes } from './receive-complaints/routes.ts';
import { env as recommendSecondFailuresEnv } from './recommend-second-failures/env.ts';
import { makeHandler as recommendSecondFailures } from './recommend-second-failures/handler.ts';
import { env as reviseAnnouncementEnv } from './revise-announcement/env.ts';
import { makeHandler as reviseAnnouncement } from './revise-announcement/handler.ts';
import { env as scoreAgenciesEnv } from './score-agencies/env.ts';
import { makeHandler as scoreAgencies } from './score-agencies/handler.ts';
import { env as sendBackVisitsEnv } from './send-back-visits/env.ts';
import { makeHandler as sendBackVisits } from './send-back-visits/handler.ts';
import { env as sendDraftResultsEnv } from './send-draft-results/env.ts';
import { makeHandler as sendDraftResults } from './send-draft-results/handler.ts';
import { env as serveComplaintsEnv } from './serve-complaints/env.ts';
import { makeHandler as serveComplaints } from './serve-complaints/handler.ts';
import { routes as serveComplaintsRoutes } from './serve-complaints/routes.ts';
import { env as serveCorrectionsEnv } from './serve-corrections/env.ts';
import { makeHandler as serveCorrections } from './serve-corrections/handler.ts';
import { routes as serveCorrectionsRoutes } from './serve-corrections/routes.ts';
import { env as serveCyclesEnv } from './serve-cycles/env.ts';
import { makeHandler as serveCycles } from './serve-cycles/handler.ts';
import { routes as serveCyclesRoutes } from './serve-cycles/routes.ts';
import { env as serveDossiersEnv } from './serve-dossiers/env.ts';
import { makeHandler as serveDossiers } from './serve-dossiers/handler.ts';
import { routes as serveDossiersRoutes } from './serve-dossiers/routes.ts';
import { env as serveEvidenceEnv } from './serve-evidence/env.ts';
import { makeHandler as serveEvidence } from './serve-evidence/handler.ts';
import { routes as serveEvidenceRoutes } from './serve-evidence/routes.ts';
import { env as serveMessagesEnv } from './serve-messages/env.ts';
import { makeHandler as serveMessages } from './serve-messages/handler.ts';
import { routes as serveMessagesRoutes } from './serve-messages/routes.ts';
import { env as serveOpenapiEnv } from './serve-openapi/env.ts';
import { makeHandler as serveOpenapi } from './serve-openapi/handler.ts';
import { routes as serveOpenapiRoutes } from './serve-openapi/routes.ts';
import { env as servePublicationsEnv } from './serve-publications/env.ts';
import { makeHandler as servePublications } from './serve-publications/handler.ts';
import { routes as servePublicationsRoutes } from './serve-publications/routes.ts';
import { env as serveRectificationsEnv } from './serve-rectifications/env.ts';
import { makeHandler as serveRectifications } from './serve-rectifications/handler.ts';
import { routes as serveRectificationsRoutes } from './serve-rectifications/routes.ts';
import { env as serveRegistryEnv } from './serve-registry/env.ts';
import { makeHandler as serveRegistry } from './serve-registry/handler.ts';
import { routes as serveRegistryRoutes } from './serve-registry/routes.ts';
import { env as serveYearsEnv } from './serve-years/env.ts';
import { makeHandler as serveYears } from './serve-years/handler.ts';
import { routes as serveYearsRoutes } from './serve-years/routes.ts';
import { env as startCycleEnv } from './start-cycle/env.ts';
import { makeHandler as startCycle } from './start-cycle/handler.ts';
import { env as startRectificationEnv } from './start-rectification/env.ts';
import { makeHandler as startRectification } from './start-rectification/handler.ts';
import type { LambdaHandler } from './step.ts';
import { env as sweepGatesEnv } from './sweep-gates/env.ts';
import { makeHandler as sweepGates } from './sweep-gates/handler.ts';
import { env as sweepUploadsEnv } from './sweep-uploads/env.ts';
import { makeHandler as sweepUploads } from './sweep-uploads/handler.ts';
import { env as writeScoreSheetsEnv } from './write-score-sheets/env.ts';
import { makeHandler as writeScoreSheets } from './write-score-sheets/handler.ts';

export interface FunctionEntry {
  env: z.ZodMiniObject;
  makeHandler: (deps: Deps) => LambdaHandler;
  /** Routes of the HTTP API that this function serves. */
  routes: readonly Route[];
}

export const FUNCTIONS: Record<string, FunctionEntry> = {
  'admit-agencies': { env: admitAgenciesEnv, makeHandler: admitAgencies, routes: [] },
  'announce-stars': { env: announceStarsEnv, makeHandler: announceStars, routes: [] },
  'assign-visits': { env: assignVisitsEnv, makeHandler: assignVisits, routes: [] },
  'close-draft-results': { env: closeDraftResultsEnv, makeHandler: closeDraftResults, routes: [] },
  'close-run': { env: closeRunEnv, makeHandler: closeRun, routes: [] },
  'close-self-evaluations': { env: closeSelfEvaluationsEnv, makeHandler: closeSelfEvaluations, routes: [] },
  'close-visits': { env: closeVisitsEnv, makeHandler: closeVisits, routes: [] },
  'compare-figures': { env: compareFiguresEnv, makeHandler: compareFigures, routes: [] },
  'draft-circular': { env: draftCircularEnv, makeHandler: draftCircular, routes: [] },
  'draft-notice': { env: draftNoticeEnv, makeHandler: draftNotice, routes: [] },
  'draw-spot-check': { env: drawSpotCheckEnv, makeHandler: drawSpotCheck, routes: [] },
  'open-gate': { env: openGateEnv, makeHandler: openGate, routes: [] },
  'publish-notice': { env: publishNoticeEnv, makeHandler: publishNotice, routes: [] },
  'publish-plan': { env: publishPlanEnv, makeHandler: publishPlan, routes: [] },
  'publish-results': { env: publishResultsEnv, makeHandler: publishResults, routes: [] },
  'publish-stars': { env: publishStarsEnv, makeHandler: publishStars, routes: [] },
  'revise-announcement': { env: reviseAnnouncementEnv, makeHandler: reviseAnnouncement, routes: [] },
  'score-agencies': { env: scoreAgenciesEnv, makeHandler: scoreAgencies, routes: [] },
  'send-back-visits': { env: sendBackVisitsEnv, makeHandler: sendBackVisits, routes: [] },
  'send-draft-results': { env: sendDraftResultsEnv, makeHandler: sendDraftResults, routes: [] },
  'serve-cycles': { env: serveCyclesEnv, makeHandler: serveCycles, routes: serveCyclesRoutes },
  'serve-dossiers': { env: serveDossiersEnv, makeHandler: serveDossiers, routes: serveDossiersRoutes },
  'serve-evidence': { env: serveEvidenceEnv, makeHandler: serveEvidence, routes: serveEvidenceRoutes },
  'serve-messages': { env: serveMessagesEnv, makeHandler: serveMessages, routes: serveMessagesRoutes },
  'serve-openapi': { env: serveOpenapiEnv, makeHandler: serveOpenapi, routes: serveOpenapiRoutes },
  'serve-publications': {
    env: servePublicationsEnv,
    makeHandler: servePublications,
    routes: servePublicationsRoutes,
  },
  'issue-rectification-notices': {
    env: issueRectificationNoticesEnv,
    makeHandler: issueRectificationNotices,
    routes: [],
  },
  'close-corrections': { env: closeCorrectionsEnv, makeHandler: closeCorrections, routes: [] },
  'draw-rechecks': { env: drawRechecksEnv, makeHandler: drawRechecks, routes: [] },
  'call-for-verdicts': { env: callForVerdictsEnv, makeHandler: callForVerdicts, routes: [] },
  'count-second-failures': { env: countSecondFailuresEnv, makeHandler: countSecondFailures, routes: [] },
  'recommend-second-failures': {
    env: recommendSecondFailuresEnv,
    makeHandler: recommendSecondFailures,
    routes: [],
  },
  'archive-rectification': { env: archiveRectificationEnv, makeHandler: archiveRectification, routes: [] },
  'start-rectification': { env: startRectificationEnv, makeHandler: startRectification, routes: [] },
  'publish-correction': { env: publishCorrectionEnv, makeHandler: publishCorrection, routes: [] },
  'receive-complaints': {
    env: receiveComplaintsEnv,
    makeHandler: receiveComplaints,
    routes: receiveComplaintsRoutes,
  },
  'serve-complaints': {
    env: serveComplaintsEnv,
    makeHandler: serveComplaints,
    routes: serveComplaintsRoutes,
  },
  'serve-corrections': {
    env: serveCorrectionsEnv,
    makeHandler: serveCorrections,
    routes: serveCorrectionsRoutes,
  },
  'serve-rectifications': {
    env: serveRectificationsEnv,
    makeHandler: serveRectifications,
    routes: serveRectificationsRoutes,
  },
  'serve-registry': { env: serveRegistryEnv, makeHandler: serveRegistry, routes: serveRegistryRoutes },
  'serve-years': { env: serveYearsEnv, makeHandler: serveYears, routes: serveYearsRoutes },
  'start-cycle': { env: startCycleEnv, makeHandler: startCycle, routes: [] },
  'sweep-gates': { env: sweepGatesEnv, makeHandler: sweepGates, routes: [] },
  'sweep-uploads': { env: sweepUploadsEnv, makeHandler: sweepUploads, routes: [] },
  'write-score-sheets': { env: writeScoreSheetsEnv, makeHandler: writeScoreSheets, routes: [] },
};
