/**
 * The shapes of keys and tokens, by vendor.
 * Sources: OpenClaw 2026.9.6 (`src/logging/redact.ts`) and gitleaks 8 (`config/gitleaks.toml`,
 * commit b58d3f1, MIT), written anew.
 * secretlint needs Node 22, is asynchronous and knows no key of Groq, NVIDIA or Tavily.
 */

const WORD = "[A-Za-z0-9]";
const DASHED = "[\\w-]";
const DOTTED = "[\\w.=-]";

/** The beginning of a token, the characters that follow, and their minimum number. */
type Form = readonly [begins: string, goesOn: string, least: number];

// biome-ignore format: a list to read, not to scroll
const FORMS: readonly Form[] = [
  // Model providers.
  ["sk-", DASHED, 16],             // OpenAI, Anthropic, OpenRouter, DeepSeek, Moonshot and others
  ["gsk_", DASHED, 16],            // Groq
  ["nvapi-", DASHED, 16],          // NVIDIA
  ["xai-", WORD, 24],              // xAI
  ["pplx-", DASHED, 16],           // Perplexity
  ["hf_", WORD, 16],               // Hugging Face
  ["api_org_", WORD, 20],          // Hugging Face, organisations
  ["r8_", WORD, 16],               // Replicate
  ["AIza", DASHED, 20],            // Google
  ["ya29\\.", DOTTED, 16],         // Google, access tokens
  ["1//0", DOTTED, 16],            // Google, refresh tokens
  ["fw_", WORD, 20], ["fw-", WORD, 30], ["fpk_", WORD, 30], // Fireworks
  ["csk-", DASHED, 20],            // Cerebras
  ["tgp_v1_", DASHED, 20],         // Together
  ["vck_", WORD, 20],              // Vercel AI Gateway
  ["fal_", DASHED, 16],            // fal
  ["ABSK", "[A-Za-z0-9+/=]", 60],  // Amazon Bedrock
  ["bedrock-api-key-", "[A-Za-z0-9+/=]", 16],
  // Search, voice, memory.
  ["tvly-", DASHED, 16],           // Tavily
  ["exa_", WORD, 16],              // Exa
  ["fc-", WORD, 20],               // Firecrawl
  ["BSA", DASHED, 24],             // Brave Search
  ["bb_live_", DASHED, 16],        // Browserbase
  ["apify_api_", DASHED, 20],      // Apify
  ["mem0_", WORD, 16], ["hsk-", WORD, 16], ["brv_", WORD, 16], ["retaindb_", WORD, 16], ["am_", DASHED, 20],
  ["sk_", "\\w", 16],              // ElevenLabs, Stripe
  ["lsv2_(?:pt|sk)_", "\\w", 20],  // LangSmith
  // Chat services.
  ["xox[a-z]-", DASHED, 10], ["xoxe\\.xox[bp]-", DASHED, 10], ["xapp-", DASHED, 10], // Slack
  ["syt_", "\\w", 16],             // Matrix
  ["EAA[A-Za-z]", WORD, 60],       // Meta
  // Code hosts and registries.
  ["gh[pousr]_", WORD, 16], ["github_pat_", "\\w", 16],
  ["gl(?:pat|oas|dt|cbt|ptt|ft|imt|agent|wt|soat|ffct|rt|rtr)-", DOTTED, 20], ["GR1348941", DASHED, 20],
  ["npm_", WORD, 16], ["pypi-", DASHED, 16], ["rubygems_", WORD, 24], ["dckr_(?:pat|oat)_", DASHED, 20],
  ["lin_(?:api|oauth)_", WORD, 20], ["ntn_", WORD, 20], ["secret_", WORD, 40], ["figd_", DASHED, 20],
  ["pat[A-Za-z0-9]{14}\\.", WORD, 32], ["pat-(?:eu|na)\\d-", DASHED, 30],
  ["AT(?:ATT|CTT|BB)", DOTTED, 16], ["sntry[su]_", DOTTED, 20], ["phc_", WORD, 20], ["phx_", WORD, 20],
  ["CFPAT-", DASHED, 30], ["CCIPAT_", "\\w", 30], ["bkua_", WORD, 30], ["PMAK-", DASHED, 30],
  // Clouds.
  ["A[KS]IA", "[A-Z0-9]", 16], ["AKID", WORD, 16], ["LTAI", WORD, 16],
  ["do[opr]_v1_", WORD, 20], ["dp\\.(?:ct|pt|st|sa|scim|audit)\\.", DOTTED, 30], ["dapi", "[0-9a-f-]", 32],
  ["nfp_", "\\w", 30], ["sbp_", WORD, 30], ["sb_secret_", DASHED, 16], ["glsa_", "\\w", 30], ["glc_eyJ", DOTTED, 30],
  ["HRKU-", DASHED, 20], ["fm[12][ar]?_", "[A-Za-z0-9+/=_-]", 60], ["fo1_", DASHED, 30], ["hv[sbr]\\.", DASHED, 20],
  ["pscale_(?:tkn|oauth|pw)_", DOTTED, 20], ["ops_eyJ", DOTTED, 40], ["tskey-[a-z]{3,16}-", DASHED, 16],
  ["dop?sk_", WORD, 20], ["AGE-SECRET-KEY-1", WORD, 40],
  // Payments and mail.
  ["[rp]k_(?:live|test)_", WORD, 16], ["whsec_", DOTTED, 16], ["SG\\.", DOTTED, 20], ["xkeysib-", DASHED, 20],
  ["shp(?:at|ca|pa|ss)_", WORD, 20], ["sq0[a-z]{3}-", DASHED, 20], ["re_", "[A-Za-z0-9]{8}_[A-Za-z0-9]", 16],
  // Login tokens.
  ["rt_", DOTTED, 8], ["gAAAA", DOTTED, 20],
];

const JWT = "eyJ[\\w-]{8,}(?:\\.[\\w-]*){0,2}";
/** A Telegram bot token, `<id>:<token>`, also inside its API address. */
const TELEGRAM = "(?:bot)?\\d{6,20}:[\\w-]{30,}";
/** A Discord bot token, `<id>.<time>.<code>`. */
const DISCORD = "[A-Za-z0-9_-]{23,28}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,}";
/** The header of a private key; the Base64 lines are matched by shape. */
const PRIVATE_KEY =
  "-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]{0,20000}-----END[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----)?";

const ALL = [
  PRIVATE_KEY,
  ...FORMS.map(([begins, goesOn, least]) => `${begins}${goesOn}{${least},}`),
  JWT,
  DISCORD,
  TELEGRAM,
].join("|");

/** Matches only at the beginning of a word, so that long words do not take quadratic time. */
export const TOKENS = new RegExp(`(?<![A-Za-z0-9_-])(?:${ALL})`, "gu");

const WHOLE = new RegExp(`^(?:${ALL})$|^[0-9a-f]{32,}$`, "iu");
export const isToken = (text: string): boolean => WHOLE.test(text);

/** Anyone with such an address may post there. Sources: the lists above and each service's documentation. */
const WEBHOOK_HOSTS = [
  "hooks\\.slack\\.com",
  "(?:canary\\.|ptb\\.)?discord(?:app)?\\.com/api/(?:v\\d+/)?webhooks",
  "[\\w-]+\\.webhook\\.office\\.com",
  "[\\w.-]+\\.logic\\.azure\\.com",
  "chat\\.googleapis\\.com/v1/spaces",
  "open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot",
  "qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook",
  "oapi\\.dingtalk\\.com/robot",
  "hooks\\.zapier\\.com",
  "hook\\.[\\w.]+\\.make\\.com",
  "maker\\.ifttt\\.com/trigger",
  "api\\.telegram\\.org",
  "ntfy\\.sh",
].join("|");

/** Group 1 may be shown. */
export const WEBHOOKS = new RegExp(`(https?://(?:${WEBHOOK_HOSTS})/)([^\\s"'\`<>]{6,2048})`, "giu");
