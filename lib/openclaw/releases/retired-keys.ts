/** Config keys that newer releases refuse, with the result of `doctor --fix`; measured as in `docs/releases.md`. */
import type { Json } from "@/lib/text/json5/types";

export interface RetiredKey {
  /** `*` matches every name or index. */
  readonly path: readonly string[];
  /** The new place (`*` repeats the matched name); without it or `values`, the key is removed. */
  readonly movedTo?: readonly string[];
  /** Limits it to these values, with their successors; one without a successor is removed. */
  readonly values?: ReadonlyArray<readonly [old: Json, now?: Json]>;
  /** Initial content of a new target object. */
  readonly begins?: { readonly path: readonly string[]; readonly value: Json };
  /** The list's entries come first in the new place, restricted to this use. */
  readonly capability?: string;
  /** The key is removed if the new place is taken. */
  readonly orGone?: true;
  /** Moves only this member of each object in a list. */
  readonly pick?: string;
  readonly factor?: number;
}

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

/** "agents.defaults.embeddedHarness: Unrecognized key: "fallback"" (2026.5.7, 2026.5.12). */
export const HARNESS_FALLBACK_KEYS = ["agents.defaults", "agents.list.*"].flatMap((agent) =>
  gone(`${agent}.embeddedHarness`, "fallback"),
);

/** "agents.defaults: Invalid input"; 2026.5.7 and 2026.5.12 accept the second, 2026.4.15 the first. */
export const HARNESS_KEYS = ["embeddedHarness", "agentRuntime"].flatMap((key) =>
  ["agents.defaults", "agents.list.*"].flatMap((agent) => gone(agent, key)),
);

const LOOP_DETECTION =
  "historySize warningThreshold criticalThreshold globalCircuitBreakerThreshold unknownToolThreshold detectors postCompactionGuard";

const AGENTS: readonly RetiredKey[] = [
  ...ofAgents((agent) => [
    ...gone(`${agent}.compaction`, "reserveTokens reserveTokensFloor maxHistoryShare"),
    ...gone(`${agent}.compaction`, "customInstructions identifierInstructions"),
    ...gone(`${agent}.compaction.memoryFlush`, "prompt systemPrompt"),
    renamed(`${agent}.compaction.identifierPolicy`, ["custom", "strict"]),
    ...gone(`${agent}.contextLimits`, "memoryGetDefaultLines toolResultMaxChars"),
    ...gone(`${agent}.contextPruning`, "keepLastAssistants softTrimRatio hardClearRatio"),
    ...gone(`${agent}.contextPruning`, "minPrunableToolChars softTrim"),
    ...gone(`${agent}.heartbeat`, "ackMaxChars includeReasoning includeSystemPromptSection"),
    ...gone(`${agent}.heartbeat`, "skipWhenBusy suppressToolErrorWarnings"),
    ...gone(agent, "runRetries silentReplyRewrite systemPromptOverride model.timeoutMs"),
    moved(`${agent}.embeddedPi`, `${agent}.embeddedAgent`),
    moved(`${agent}.sandbox.browser.enableNoVnc`, `${agent}.sandbox.browser.noVncEnabled`),
    moved(`${agent}.tools.exec.timeoutSec`, `${agent}.tools.exec.timeoutSeconds`),
    ...gone(`${agent}.tools.loopDetection`, LOOP_DETECTION),
    ...gone(`${agent}.tts.personas.*`, "prompt"),
    ...memorySearch(`${agent}.memorySearch`, agent.replace(/^agents\.defaults$/u, "")),
  ]),
  ...["agents.list.*", "agents.entries.*"].flatMap((agent) =>
    gone(agent, "groupChat.visibleReplies"),
  ),
  ...gone("agents.defaults", "bootstrapPromptTruncationWarning cliBackends envelopeElapsed"),
  ...gone(
    "agents.defaults",
    "envelopeTimestamp envelopeTimezone mediaGenerationAutoProviderFallback timeFormat",
  ),
  // With `false`, doctor removes another key too.
  renamed("agents.defaults.compaction.truncateAfterCompaction", [true]),
  moved("agents.defaults.imageGenerationModel", "agents.defaults.mediaModels.image"),
  moved("agents.defaults.videoGenerationModel", "agents.defaults.mediaModels.video"),
  moved("agents.defaults.musicGenerationModel", "agents.defaults.mediaModels.music"),
  moved("agents.defaults.pdfMaxBytesMb", "agents.defaults.pdfMaxMb"),
  moved(
    "agents.defaults.promptOverlays.gpt5.personality",
    "plugins.entries.openai.config.personality",
  ),
  ...gone("agents.defaults", "promptOverlays"),
];

function memorySearch(from: string, owner: string): RetiredKey[] {
  return [
    renamed(`${from}.provider`, ["auto", "openai"]),
    moved(`${from}.qmd.extraCollections`, `${from}.extraPaths`, { pick: "path" }),
    ...gone(from, "qmd"),
    moved(`${from}.maxResults`, `${from}.query.maxResults`),
    ...gone(
      from,
      "chunkSize chunkOverlap chunking sync query.hybrid cache.maxEntries local.contextSize",
    ),
    ...gone(from, "local.modelCacheDir store.driver store.path remote.nonBatchConcurrency"),
    ...gone(`${from}.remote.batch`, "wait concurrency pollIntervalMs timeoutMinutes"),
    moved(from, owner === "" ? "memory.search" : `${owner}.memory.search`),
  ];
}

const SPEECH: readonly RetiredKey[] = [
  ...gone("messages.tts", "personas.*.prompt prefsPath"),
  moved("messages.tts.enabled", "messages.tts.auto", {
    values: [
      [true, "always"],
      [false, "off"],
    ],
  }),
  renamed("messages.tts.provider", ["edge", "microsoft"]),
  moved("messages.tts.providers.edge", "messages.tts.providers.microsoft"),
  moved("messages.tts.providers.*.voice", "messages.tts.providers.*.speakerVoice"),
  moved("messages.tts.providers.*.voiceId", "messages.tts.providers.*.speakerVoiceId"),
  moved("messages.tts", "tts"),
  moved("talk.realtime.voice", "talk.realtime.speakerVoice"),
  ...ofChannels("discord", (channel) => [
    moved(`${channel}.voice.realtime.voice`, `${channel}.voice.realtime.speakerVoice`),
    ...gone(`${channel}.voice.tts.personas.*`, "prompt"),
  ]),
];

const USES = ["image", "audio", "video"];

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
  ...gone("tools.media", "asyncCompletion"),
  ...["image", "video"].flatMap((use) => gone(`tools.media.${use}`, "echoFormat echoTranscript")),
];

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
  moved("web.enabled", "channels.whatsapp.enabled"),
  ...gone("", "web"),
];

const GATEWAY: readonly RetiredKey[] = [
  ...gone("gateway", "webchat"),
  // Beside `serviceName`, which doctor handles, this turns `serve` off.
  ...gone("gateway.tailscale", "resetOnExit"),
  moved("gateway.nodes.denyCommands", "gateway.nodes.commands.deny"),
  moved("gateway.nodes.allowCommands", "gateway.nodes.commands.allow"),
  ...gone("gateway.controlUi", "allowInsecureAuth chatMessageMaxWidth"),
  ...gone("gateway", "handshakeTimeoutMs channelHealthCheckMinutes"),
  ...gone("gateway", "channelStaleEventThresholdMinutes channelMaxRestartsPerHour"),
  ...gone("gateway.reload", "debounceMs deferralTimeoutMs"),
  renamed("gateway.reload.mode", ["hot", "hybrid"], ["restart", "hybrid"]),
  ...gone(
    "gateway.http.endpoints",
    "chatCompletions.maxBodyBytes chatCompletions.maxImageParts chatCompletions.maxTotalImageBytes responses.maxBodyBytes",
  ),
];

const SESSION: readonly RetiredKey[] = [
  moved("session.idleMinutes", "session.reset.idleMinutes", {
    begins: { path: at("session.reset"), value: { mode: "idle" } },
  }),
  moved("session.maintenance.pruneDays", "session.maintenance.pruneAfter"),
  ...gone("session", "maintenance.rotateBytes parentForkMaxTokens"),
  moved("session.resetByType.dm", "session.resetByType.direct"),
  moved("session.typingMode", "agents.defaults.typingMode"),
  ...gone("session", "typingIntervalSeconds writeLock agentToAgent"),
  ...[
    "session.sendPolicy.rules.*.match.chatType",
    "tools.links.scope.rules.*.match.chatType",
    ...USES.map((use) => `tools.media.${use}.scope.rules.*.match.chatType`),
    "bindings.*.match.peer.kind",
  ].map((path) => renamed(path, ["dm", "direct"])),
];

/** Seen on 2026.8.1 and 2026.9.6. The first ones are in every config written by wizards of 2026.2.9 to 2026.7.1. */
export const RETIRED_KEYS: readonly RetiredKey[] = [
  ...gone("meta", "lastTouchedAt"),
  ...GATEWAY,
  ...gone("commands", "ownerDisplay ownerDisplaySecret useAccessGroups modelsWrite"),
  ...AGENTS,
  ...SPEECH,
  ...MEDIA,
  ...CHANNELS,
  ...SESSION,
  ofSearch("apiKey", "brave", "webSearch.apiKey"),
  ...gone("", "cli commitments crestodian marketplaces tui"),
  ...gone("acp", "maxConcurrentSessions runtime.ttlMinutes stream.coalesceIdleMs"),
  ...gone(
    "acp.stream",
    "hiddenBoundarySeparator maxChunkChars maxOutputChars maxSessionUpdateChars",
  ),
  ...gone("auth", "cooldowns"),
  ...gone("browser", "color profiles.*.color actionTimeoutMs cdpPortRangeStart"),
  ...gone("browser", "localCdpReadyTimeoutMs localLaunchTimeoutMs"),
  ...gone("browser", "remoteCdpHandshakeTimeoutMs remoteCdpTimeoutMs"),
  ...gone("browser.tabCleanup", "idleMinutes maxTabsPerSession sweepMinutes"),
  moved("browser.ssrfPolicy.hostnameAllowlist", "browser.ssrfPolicy.allowedHostnames"),
  moved("cron.failureDestination", "cron.failureAlert"),
  ...gone("cron", "maxConcurrentRuns retry runLog triggers.minIntervalMs"),
  ...gone("diagnostics", "memoryPressureSnapshot stuckSessionAbortMs stuckSessionWarnMs"),
  ...gone("diagnostics.cacheTrace", "filePath includeMessages includePrompt includeSystem"),
  renamed("diagnostics.otel.protocol", ["grpc"]),
  // With `false`, doctor removes the domain too.
  renamed("discovery.wideArea.enabled", [true]),
  ...gone("hooks", "internal.installs maxBodyBytes"),
  moved("audit", "logging.audit"),
  ...gone("logging", "redactSensitive"),
  renamed("logging.consoleStyle", ["compact", "pretty"]),
  ...gone("media", "preserveFilenames"),
  moved("media", "attachments"),
  moved(
    "mcp.servers.*.codex.default_tools_approval_mode",
    "mcp.servers.*.codex.defaultToolsApprovalMode",
  ),
  moved("memory.qmd.paths", "memory.search.extraPaths", { pick: "path" }),
  ...gone("memory", "qmd"),
  renamed("memory.backend", ["builtin"], ["qmd"]),
  moved("mcp.servers.*.timeout", "mcp.servers.*.requestTimeoutMs", { factor: 1000 }),
  moved("mcp.servers.*.connectTimeout", "mcp.servers.*.connectionTimeoutMs", { factor: 1000 }),
  ...gone("messages", "queue.debounceMs removeAckAfterReply"),
  ...["messages.queue.mode", "messages.queue.byChannel.*"].map((path) =>
    renamed(path, ["queue", "steer"], ["steer-backlog", "followup"], ["steer+backlog", "followup"]),
  ),
  ...gone("messages.statusReactions", "emojis timing"),
  ...gone("models", "pricing"),
  ...gone("models.providers.*.models.*.compat", "nativeWebSearchTool requiresMistralToolIds"),
  ...gone("plugins", "bundledDiscovery"),
  ...gone("secrets", "resolution providers.*.allowInsecurePath providers.*.allowSymlinkCommand"),
  ...gone("security.installPolicy.exec", "allowInsecurePath allowSymlinkCommand"),
  ...gone("skills.load", "watchDebounceMs"),
  moved("skills.workshop.autonomous.enabled", "skills.workshop.autonomous.mode", {
    values: [
      [true, "propose"],
      [false, "off"],
    ],
  }),
  moved("tools.exec.timeoutSec", "tools.exec.timeoutSeconds"),
  moved("tools.experimental.planTool", "tools.updatePlan"),
  ...gone("tools", "experimental"),
  ...gone("tools.loopDetection", LOOP_DETECTION),
  ...gone("transcripts", "maxUtterances"),
  ...gone("ui", "assistant"),
  ...gone("update.auto", "betaCheckIntervalHours stableDelayHours stableJitterHours"),
];

/** Accepted by 2026.9.1 but not from 2026.9.4 on; `doctor --fix` of 2026.9.6 removes them. */
export const SEPTEMBER_KEYS: readonly RetiredKey[] = [
  ...gone("gateway.controlUi", "toolTitles"),
  ...gone("messages", "suppressToolErrors"),
  ...gone("skills.workshop", "allowSymlinkTargetWrites"),
  ...gone("wizard", "localModelLeanAutoModel"),
];

/** Accepted by 2026.9.5 but not by 2026.9.6. */
export const CODE_MODE_KEYS: readonly RetiredKey[] = ["", "agents.list.*.", "agents.entries.*."]
  .map((place) => `${place}tools.codeMode`)
  .flatMap((place) => [
    ...gone(place, "languages"),
    moved(`${place}.runtime`, `${place}.executor`, { values: [["quickjs-wasi", "quickjs"]] }),
  ]);
