/** The provider's name and callback, apart so that the door does not load next-auth. */

export const PROVIDER_ID = "openai-codex";

/** The one address that must accept visitors from another site. */
export const CALLBACK_ROUTE = `/api/auth/callback/${PROVIDER_ID}`;
