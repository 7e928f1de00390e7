/** The choices of most exports in tests: a key and its model. */

export const CHOICES = {
  auth: "api-key",
  model: "openai/gpt-5.5",
  otherDefault: null,
  keyForm: null,
  declined: [],
  accepted: [],
} as const;
