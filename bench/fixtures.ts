/** Configs of a given size, as people have them: comments, nested settings, lists. */

/** JSON5 of about `size` bytes that OpenClaw's own keys make up, another one for every round. */
export function configOf(size: number, round: number): Uint8Array {
  const parts = [
    `// My OpenClaw, number ${round}. Do not touch the phone numbers.`,
    "{",
    "  gateway: { mode: 'local', bind: 'loopback', port: 18789, auth: { token: 'aaaabbbbccccdddd' } },",
    "  agents: {",
    "    defaults: {",
    "      model: { primary: 'openai/gpt-5.2', fallbacks: [] }, // was slower before",
    "      workspace: '~/clawd',",
    "    },",
    "  },",
    "  channels: {",
    "    telegram: {",
    "      groups: {",
  ];
  let length = parts.join("\n").length;
  for (let i = 0; length < size - 60; i += 1) {
    const line = `        "-100${i}": { requireMention: ${i % 2 === 0}, allowFrom: ["+4915${i}", '*'], }, // group ${i}`;
    parts.push(line);
    length += line.length + 1;
  }
  parts.push("      },", "    },", "  },", "}", "");
  return new TextEncoder().encode(parts.join("\n"));
}
