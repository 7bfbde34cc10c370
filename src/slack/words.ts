import type { DeployKind } from '../core/deployRequest.ts';
import type { Announcement } from '../core/slack.ts';

/** Languages that messages can be written in. */
export type SlackLanguage = 'en' | 'fr';

/** Everything that a message says, in one language; `{…}` places are filled by `fill`. */
export interface Words {
  /** A message's headline, with `{version}` and `{environment}`. */
  readonly title: Readonly<Record<DeployKind, Readonly<Record<DeployState, string>>>>;
  readonly state: Readonly<Record<DeployState, string>>;
  readonly label: Readonly<Record<'environment' | 'version' | 'who' | 'duration' | 'liveNow' | 'state' | 'run' | 'release' | 'changes', string>>;
  readonly replaces: string;
  readonly why: string;
  readonly noReason: string;
  readonly since: string;
  readonly endedAt: string;
  readonly failedAt: string;
  readonly waitsFor: string;
  readonly cancelledBy: string;
  readonly unknown: string;
  readonly editedFrom: string;
  readonly startAndEndFrom: string;
  readonly late: string;
  readonly workflowTellsTheRest: string;
  readonly approvalNeeded: string;
  readonly reviewers: string;
  readonly failedReply: string;
  readonly failedReplyAt: string;
  readonly stillRuns: string;
  readonly review: string;
  readonly openRun: string;
  readonly testTitle: string;
  readonly testText: string;
}

type DeployState = Exclude<Announcement['state'], 'test'>;

/** Fills the `{…}` places of a template. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const english: Words = {
  title: {
    deploy: {
      started: 'Deploying {version} to {environment}',
      waiting: 'Deploy of {version} to {environment} waits for approval',
      inProgress: 'Deploying {version} to {environment}',
      success: 'Deployed {version} to {environment}',
      failure: 'Deploy of {version} to {environment} failed',
      cancelled: 'Deploy of {version} to {environment} was cancelled',
      unconfirmed: 'Deploy of {version} to {environment}: outcome unknown',
    },
    promote: {
      started: 'Promoting {version} to {environment}',
      waiting: 'Promotion of {version} to {environment} waits for approval',
      inProgress: 'Promoting {version} to {environment}',
      success: 'Promoted {version} to {environment}',
      failure: 'Promotion of {version} to {environment} failed',
      cancelled: 'Promotion of {version} to {environment} was cancelled',
      unconfirmed: 'Promotion of {version} to {environment}: outcome unknown',
    },
    rollback: {
      started: 'Rolling {environment} back to {version}',
      waiting: 'Rollback of {environment} to {version} waits for approval',
      inProgress: 'Rolling {environment} back to {version}',
      success: 'Rolled {environment} back to {version}',
      failure: 'Rollback of {environment} to {version} failed',
      cancelled: 'Rollback of {environment} to {version} was cancelled',
      unconfirmed: 'Rollback of {environment} to {version}: outcome unknown',
    },
    rerun: {
      started: 'Deploying {version} to {environment} once more',
      waiting: 'Re-run of the deploy of {version} to {environment} waits for approval',
      inProgress: 'Deploying {version} to {environment} once more',
      success: 'Deployed {version} to {environment}',
      failure: 'Re-run of the deploy of {version} to {environment} failed',
      cancelled: 'Re-run of the deploy of {version} to {environment} was cancelled',
      unconfirmed: 'Re-run of the deploy of {version} to {environment}: outcome unknown',
    },
  },
  state: {
    started: 'Queued',
    waiting: 'Waiting for approval',
    inProgress: 'In progress',
    success: 'Succeeded',
    failure: 'Failed',
    cancelled: 'Cancelled',
    unconfirmed: 'Unknown: Boussole lost sight of the run',
  },
  label: {
    environment: 'Environment',
    version: 'Version',
    who: 'Who',
    duration: 'Duration',
    liveNow: 'Users see now',
    state: 'State',
    run: 'Run on GitHub',
    release: 'Version on GitHub',
    changes: 'What changes',
  },
  replaces: '{version} (replaces {old})',
  why: 'Why: {reason}',
  noReason: 'no reason given',
  since: 'since {time}',
  endedAt: '{state} at {time}',
  failedAt: '{state} at {step}',
  waitsFor: '{state}: {people}',
  cancelledBy: '{state} by {who}',
  unknown: 'unknown',
  editedFrom: 'Boussole updates this message from {who}’s editor',
  startAndEndFrom: 'Boussole tells start and end from {who}’s editor',
  late: 'told late: no editor was following when it ended',
  workflowTellsTheRest: 'The workflow tells the rest itself',
  approvalNeeded: '*Approval needed*: {version} waits to go to {environment}.',
  reviewers: 'Reviewers: {people}.',
  failedReply: '*Failed*: {version} to {environment}.',
  failedReplyAt: '*Failed* at {step}: {version} to {environment}.',
  stillRuns: 'Users see {version} now.',
  review: 'Review on GitHub',
  openRun: 'Open the run',
  testTitle: 'Boussole is connected',
  testText: 'A test from {who}’s editor. Deploys of {repository} will be told here.',
};

const french: Words = {
  title: {
    deploy: {
      started: 'Déploiement de {version} sur {environment} en cours',
      waiting: 'Le déploiement de {version} sur {environment} attend une approbation',
      inProgress: 'Déploiement de {version} sur {environment} en cours',
      success: '{version} est déployé sur {environment}',
      failure: 'Le déploiement de {version} sur {environment} a échoué',
      cancelled: 'Le déploiement de {version} sur {environment} a été annulé',
      unconfirmed: 'Déploiement de {version} sur {environment} : issue inconnue',
    },
    promote: {
      started: 'Promotion de {version} vers {environment} en cours',
      waiting: 'La promotion de {version} vers {environment} attend une approbation',
      inProgress: 'Promotion de {version} vers {environment} en cours',
      success: '{version} est promu vers {environment}',
      failure: 'La promotion de {version} vers {environment} a échoué',
      cancelled: 'La promotion de {version} vers {environment} a été annulée',
      unconfirmed: 'Promotion de {version} vers {environment} : issue inconnue',
    },
    rollback: {
      started: 'Retour de {environment} à {version} en cours',
      waiting: 'Le retour de {environment} à {version} attend une approbation',
      inProgress: 'Retour de {environment} à {version} en cours',
      success: 'Retour de {environment} à {version} effectué',
      failure: 'Le retour de {environment} à {version} a échoué',
      cancelled: 'Le retour de {environment} à {version} a été annulé',
      unconfirmed: 'Retour de {environment} à {version} : issue inconnue',
    },
    rerun: {
      started: 'Nouveau déploiement de {version} sur {environment} en cours',
      waiting: 'Le nouveau déploiement de {version} sur {environment} attend une approbation',
      inProgress: 'Nouveau déploiement de {version} sur {environment} en cours',
      success: '{version} est déployé sur {environment}',
      failure: 'Le nouveau déploiement de {version} sur {environment} a échoué',
      cancelled: 'Le nouveau déploiement de {version} sur {environment} a été annulé',
      unconfirmed: 'Nouveau déploiement de {version} sur {environment} : issue inconnue',
    },
  },
  state: {
    started: 'En file d’attente',
    waiting: 'En attente d’approbation',
    inProgress: 'En cours',
    success: 'Réussi',
    failure: 'Échoué',
    cancelled: 'Annulé',
    unconfirmed: 'Inconnu : Boussole a perdu l’exécution de vue',
  },
  label: {
    environment: 'Environnement',
    version: 'Version',
    who: 'Qui',
    duration: 'Durée',
    liveNow: 'En ligne maintenant',
    state: 'État',
    run: 'Exécution sur GitHub',
    release: 'Version sur GitHub',
    changes: 'Ce qui change',
  },
  replaces: '{version} (remplace {old})',
  why: 'Pourquoi : {reason}',
  noReason: 'aucune raison donnée',
  since: 'depuis {time}',
  endedAt: '{state} à {time}',
  failedAt: '{state} à l’étape {step}',
  waitsFor: '{state} : {people}',
  cancelledBy: '{state} par {who}',
  unknown: 'inconnu',
  editedFrom: 'Boussole met ce message à jour depuis l’éditeur de {who}',
  startAndEndFrom: 'Boussole annonce le début et la fin depuis l’éditeur de {who}',
  late: 'annoncé en retard : aucun éditeur ne suivait quand il s’est terminé',
  workflowTellsTheRest: 'Le workflow annonce lui-même la suite',
  approvalNeeded: '*Approbation requise* : {version} attend d’aller sur {environment}.',
  reviewers: 'Relecteurs : {people}.',
  failedReply: '*Échec* : {version} sur {environment}.',
  failedReplyAt: '*Échec* à l’étape {step} : {version} sur {environment}.',
  stillRuns: 'En ligne maintenant : {version}.',
  review: 'Examiner sur GitHub',
  openRun: 'Ouvrir l’exécution',
  testTitle: 'Boussole est connecté',
  testText: 'Un essai depuis l’éditeur de {who}. Les déploiements de {repository} seront annoncés ici.',
};

/** The words of each language. */
export const words: Readonly<Record<SlackLanguage, Words>> = { en: english, fr: french };
