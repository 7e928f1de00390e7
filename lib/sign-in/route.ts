/** The name of the provider and the address of its callback; apart, so that the door needs no next-auth. */

export const PROVIDER_ID = "openai-codex";

/** The app's own callback: the one address that must be open to a visitor from another site. */
export const CALLBACK_ROUTE = `/api/auth/callback/${PROVIDER_ID}`;
