/** Retired keys whose successor cannot be learned from doctor (`npm run learn`), each with the reason. */

import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";
import type { Json } from "@/lib/text/json5/types";

const at = (path: string): string[] => path.split(".");

const gone = (place: string, keys: string): RetiredKey[] =>
  keys.split(" ").map((key) => ({ path: at(place === "" ? key : `${place}.${key}`) }));

const moved = (path: string, movedTo: string, more: Partial<RetiredKey> = {}): RetiredKey => ({
  path: at(path),
  movedTo: at(movedTo),
  ...more,
});

const renamed = (path: string, ...values: ReadonlyArray<readonly [Json, Json?]>): RetiredKey => ({
  path: at(path),
  values,
});

/** Repeats rows for the defaults and for both ways to list agents. */
function ofAgents(rows: (agent: string) => RetiredKey[]): RetiredKey[] {
  return ["agents.defaults", "agents.list.*", "agents.entries.*"].flatMap(rows);
}

function ofChannels(channels: string, rows: (channel: string) => RetiredKey[]): RetiredKey[] {
  return channels
    .split(" ")
    .flatMap((name) => [`channels.${name}`, `channels.${name}.accounts.*`].flatMap(rows));
}

const STREAMING: ReadonlyArray<readonly [Json, Json]> = [
  [true, { mode: "partial" }],
  [false, { mode: "off" }],
  ...["off", "partial", "block", "progress", "quiet"].map((mode) => [mode, { mode }] as const),
];

const asStreaming = (channel: string): RetiredKey[] => [
  moved(`${channel}.blockStreaming`, `${channel}.streaming.block.enabled`),
  moved(`${channel}.blockStreamingCoalesce`, `${channel}.streaming.block.coalesce`),
  moved(`${channel}.chunkMode`, `${channel}.streaming.chunkMode`),
];

/** Search settings moved to their plugin, which is enabled; doctor also renames models of `grok`. */
const ofSearch = (key: string, plugin: string, place: string): RetiredKey =>
  moved(`tools.web.search.${key}`, `plugins.entries.${plugin}.config.${place}`, {
    begins: { path: at(`plugins.entries.${plugin}`), value: { enabled: true } },
  });

/** Accepted by 2026.3.13, still read by 2026.4.15, refused from 2026.5.7 on. */
export const SPRING_KEYS: readonly RetiredKey[] = [
  ...ofAgents((agent) => [
    moved(`${agent}.sandbox.perSession`, `${agent}.sandbox.scope`, {
      values: [
        [true, "session"],
        [false, "shared"],
      ],
    }),
  ]),
  ...["openai", "elevenlabs", "edge", "microsoft"].map((provider) =>
    moved(`messages.tts.${provider}`, `messages.tts.providers.${provider}`),
  ),
  ...ofChannels("discord telegram", (channel) => [renamed(`${channel}.streaming`, ...STREAMING)]),
  ...ofChannels("slack", (channel) => [
    renamed(`${channel}.streaming`, ...STREAMING.filter(([old]) => typeof old === "string")),
  ]),
  ...ofChannels("discord telegram", (channel) => [
    moved(`${channel}.streamMode`, `${channel}.streaming.mode`, {
      values: ["off", "partial", "block", "progress"].map((mode) => [mode, mode]),
    }),
    moved(`${channel}.draftChunk`, `${channel}.streaming.preview.chunk`),
  ]),
  ...ofChannels("slack", (channel) => [
    moved(`${channel}.streamMode`, `${channel}.streaming.mode`, {
      values: [
        ["replace", "partial"],
        ["status_final", "progress"],
        ["append", "block"],
      ],
    }),
    moved(`${channel}.nativeStreaming`, `${channel}.streaming.nativeTransport`),
  ]),
  ...ofChannels("discord slack telegram", asStreaming),
  ofSearch("gemini", "google", "webSearch"),
  ofSearch("kimi", "moonshot", "webSearch"),
  ofSearch("perplexity", "perplexity", "webSearch"),
  // "agents.defaults: Unrecognized key: "llm"" (2026.5.7).
  ...gone("agents.defaults", "llm"),
];

/**
 * Accepted by 2026.5.12, "Invalid input" on 2026.5.18 and 2026.7.1, whose doctor leaves them; that
 * of 2026.8.1 says them so.
 */
export const QUEUE_WORDS: readonly RetiredKey[] = [
  "messages.queue.mode",
  "messages.queue.byChannel.*",
].map((path) =>
  renamed(path, ["queue", "steer"], ["steer-backlog", "followup"], ["steer+backlog", "followup"]),
);

/** "agents.defaults.embeddedHarness: Unrecognized key: "fallback"" (2026.5.7, 2026.5.12). */
export const HARNESS_FALLBACK_KEYS = ["agents.defaults", "agents.list.*"].flatMap((agent) =>
  gone(`${agent}.embeddedHarness`, "fallback"),
);

/** "agents.defaults: Invalid input"; 2026.5.7 and 2026.5.12 accept the second, 2026.4.15 the first. */
export const HARNESS_KEYS = ["embeddedHarness", "agentRuntime"].flatMap((key) =>
  ["agents.defaults", "agents.list.*"].flatMap((agent) => gone(agent, key)),
);

/** A channel's plugin reads its settings, and doctor keeps those of a missing plugin ("have been kept"). */
const CHANNELS: readonly RetiredKey[] = [
  ...ofChannels("feishu matrix mattermost", (channel) => [
    renamed(`${channel}.streaming`, ...STREAMING),
  ]),
  ...ofChannels(
    "feishu googlechat imessage irc matrix mattermost msteams nextcloud-talk signal whatsapp",
    asStreaming,
  ),
  ...ofChannels("discord msteams slack telegram", (channel) =>
    gone(channel, "streaming.progress.render"),
  ),
  ...ofChannels("discord feishu imessage msteams signal slack telegram whatsapp", (channel) => [
    moved(`${channel}.heartbeat`, `${channel}.heartbeatVisibility`),
  ]),
  ...ofChannels("discord googlechat slack", (channel) => [
    moved(`${channel}.dm.policy`, `${channel}.dmPolicy`),
    moved(`${channel}.dm.allowFrom`, `${channel}.allowFrom`),
  ]),
  // The new switch is on only if both old ones were.
  ...ofChannels("discord line matrix telegram", (channel) => {
    const [old, now] = [
      `${channel}.threadBindings.spawn`,
      `${channel}.threadBindings.spawnSessions`,
    ];
    return [
      moved(`${old}AcpSessions`, now, { values: [[false, false]] }),
      moved(`${old}SubagentSessions`, now, { orGone: true }),
      moved(`${old}AcpSessions`, now, { orGone: true }),
    ];
  }),
  ...ofChannels("discord", (channel) => [
    ...gone(`${channel}.autoPresence`, "healthyText degradedText exhaustedText"),
    ...gone(channel, "eventQueue gatewayInfoTimeoutMs gatewayReadyTimeoutMs"),
    ...gone(channel, "gatewayRuntimeReadyTimeoutMs retry ui"),
    moved(`${channel}.voice.realtime.voice`, `${channel}.voice.realtime.speakerVoice`),
    ...gone(`${channel}.voice.tts.personas.*`, "prompt"),
  ]),
  ...ofChannels("imessage", (channel) => gone(channel, "coalesceSameSenderDms")),
  ...ofChannels("irc", (channel) => gone(channel, "mentionPatterns")),
  ...ofChannels("slack", (channel) => [
    moved(`${channel}.dm.replyToMode`, `${channel}.replyToModeByChatType.direct`),
    moved(
      `${channel}.thread.requireExplicitMention`,
      `${channel}.implicitMentions.threadParticipation`,
      {
        values: [
          [true, false],
          [false, true],
        ],
      },
    ),
    ...gone(channel, "socketMode capabilities.interactiveReplies"),
    renamed(`${channel}.capabilities`, [{}]),
  ]),
  ...ofChannels("telegram", (channel) => [
    ...gone(channel, "dm includeGroupHistoryContext"),
    ...gone(channel, "timeoutSeconds retry mediaGroupFlushMs pollingStallThresholdMs"),
    ...["", ".groups.*", ".groups.*.topics.*", ".direct.*", ".direct.*.topics.*"].flatMap((chat) =>
      gone(`${channel}${chat}`, "errorCooldownMs"),
    ),
  ]),
  ...ofChannels("whatsapp", (channel) => [
    moved(`${channel}.messagePrefix`, `${channel}.responsePrefix`),
  ]),
  moved("channels.whatsapp.debounceMs", "messages.inbound.byChannel.whatsapp"),
];

const USES = ["image", "audio", "video"];

/** Each use's entries go before the shared ones, marked with their use, so the new list has several origins. */
const MEDIA: readonly RetiredKey[] = [
  ...["models.*", ...USES, ...USES.map((use) => `${use}.models.*`)].flatMap((owner) => {
    const [from, to] = ["deepgram", "providerOptions.deepgram"].map(
      (key) => `tools.media.${owner}.${key}`,
    );
    return [
      moved(`${from}.detectLanguage`, `${to}.detect_language`),
      moved(`${from}.punctuate`, `${to}.punctuate`),
      moved(`${from}.smartFormat`, `${to}.smart_format`),
      ...gone("", `${from}`),
    ];
  }),
  // Each list is put in front, so the last one ends up first.
  ...["video", "audio", "image"].map((capability) =>
    moved(`tools.media.${capability}.models`, "tools.media.models", { capability }),
  ),
];

/** Read by 2026.7.1, but in no schema since 2026.5.12, or in a place that accepts any name or word. */
const UNTOLD: readonly RetiredKey[] = [
  ...ofAgents((agent) => [
    ...gone(agent, "silentReplyRewrite systemPromptOverride model.timeoutMs"),
    moved(`${agent}.embeddedPi`, `${agent}.embeddedAgent`),
    moved(`${agent}.tools.exec.timeoutSec`, `${agent}.tools.exec.timeoutSeconds`),
    renamed(`${agent}.memorySearch.provider`, ["auto", "openai"]),
    moved(`${agent}.memorySearch.maxResults`, `${agent}.memorySearch.query.maxResults`),
    ...gone(`${agent}.memorySearch`, "chunkSize chunkOverlap store.path"),
    // A list of objects becomes a list of paths, after the existing ones.
    moved(`${agent}.memorySearch.qmd.extraCollections`, `${agent}.memorySearch.extraPaths`, {
      pick: "path",
    }),
    ...gone(`${agent}.memorySearch`, "qmd"),
  ]),
  ...gone("", "gateway.webchat commands.modelsWrite session.parentForkMaxTokens"),
  moved("mcp.servers.*.timeout", "mcp.servers.*.requestTimeoutMs", { factor: 1000 }),
  moved("mcp.servers.*.connectTimeout", "mcp.servers.*.connectionTimeoutMs", { factor: 1000 }),
  renamed("messages.tts.provider", ["edge", "microsoft"]),
  moved("messages.tts.providers.edge", "messages.tts.providers.microsoft"),
  moved("messages.tts.providers.*.voice", "messages.tts.providers.*.speakerVoice"),
  moved("messages.tts.providers.*.voiceId", "messages.tts.providers.*.speakerVoiceId"),
  ofSearch("apiKey", "brave", "webSearch.apiKey"),
];

/** These precede the learned rules of 2026.8.1, which move the objects around them. */
export const SUMMER_FIRST: readonly RetiredKey[] = [
  ...UNTOLD,
  ...MEDIA,
  ...CHANNELS,
  // If both are set, doctor keeps the other.
  moved("messages.tts.enabled", "messages.tts.auto", {
    values: [
      [true, "always"],
      [false, "off"],
    ],
  }),
  // The target object is new and states the old meaning by itself.
  moved("session.idleMinutes", "session.reset.idleMinutes", {
    begins: { path: at("session.reset"), value: { mode: "idle" } },
  }),
  // With `false`, doctor removes another key too.
  renamed("agents.defaults.compaction.truncateAfterCompaction", [true]),
  // With `false`, doctor removes the domain too.
  renamed("discovery.wideArea.enabled", [true]),
  // Doctor leaves the word in a rule, and renames it in `session.resetByType`.
  ...[
    "session.sendPolicy.rules.*.match.chatType",
    "tools.links.scope.rules.*.match.chatType",
    ...USES.map((use) => `tools.media.${use}.scope.rules.*.match.chatType`),
  ].map((path) => renamed(path, ["dm", "direct"])),
];

/** These follow the learned rules, which move the search and empty its objects. */
export const SUMMER_LAST: readonly RetiredKey[] = [
  moved("memory.qmd.paths", "memory.search.extraPaths", { pick: "path" }),
  ...gone("memory", "qmd"),
  renamed("memory.backend", ["builtin"], ["qmd"]),
  ...gone("", "agents.defaults.promptOverlays tools.experimental"),
];

/** Doctor removes these with data outside the config, or leaves them; the user sees them named. */
export const LEFT_TO_DOCTOR: readonly string[] = [
  // Becomes an entry of `tools.media`.
  "audio",
  // Doctor reads the jobs there into its database.
  "cron.store",
  "cron.webhook",
  "gateway.remote.enabled",
  // Turns `serve` off.
  "gateway.tailscale.serviceName",
  // Becomes two switches.
  "tools.message.allowCrossContextSend",
  "agents.list.*.tools.message.allowCrossContextSend",
  "agents.entries.*.tools.message.allowCrossContextSend",
  "tools.web.fetch.firecrawl",
  "tools.web.x_search",
  // It remains valid, one of its values only beside another.
  "agents.defaults.memorySearch.sources",
  "memory.backend",
  "memory.qmd",
];
