/** Cognito asks what to write into an access token: the claims that the API reads, from what an administrator entered. */
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';

export async function handler(
  event: PreTokenGenerationV2TriggerEvent,
): Promise<PreTokenGenerationV2TriggerEvent> {
  const { name = '', 'custom:role': role = '', 'custom:agency': agency = '' } = event.request.userAttributes;
  event.response.claimsAndScopeOverrideDetails = {
    accessTokenGeneration: { claimsToAddOrOverride: { name, role, ...(agency && { agency }) } },
  };
  return event;
}
