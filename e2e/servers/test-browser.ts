/** As much of a browser as a sign-in needs: cookies by host name, redirects, one button. */

export interface Landing {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  /** Every address on the way, this one last. */
  readonly visited: readonly URL[];
}

export class TestBrowser {
  /** By host name alone: cookies do not know ports. */
  readonly #jars = new Map<string, Map<string, string>>();

  /** Follows redirects until one leads to `stopAt`, which is then not fetched. */
  async open(
    address: string | URL,
    init: { method?: string; form?: Record<string, string>; stopAt?: (url: URL) => boolean } = {},
  ): Promise<Landing> {
    const visited: URL[] = [];
    let url = new URL(address);
    let method = init.method ?? (init.form ? "POST" : "GET");
    for (let hop = 0; hop < 15; hop++) {
      visited.push(url);
      if (init.stopAt?.(url)) return { url, status: 0, body: "", visited };
      const response = await fetch(url, {
        method,
        redirect: "manual",
        headers: { cookie: this.#cookies(url) },
        ...(method === "POST" ? { body: new URLSearchParams(init.form) } : {}),
      });
      this.#keep(url, response.headers.getSetCookie());
      const location = response.headers.get("location");
      if (!location) return { url, status: response.status, body: await response.text(), visited };
      await response.body?.cancel();
      url = new URL(location, url);
      method = "GET";
    }
    throw new Error(`Too many redirects: ${visited.map(String).join(" ")}`);
  }

  forget(): void {
    this.#jars.clear();
  }

  names(hostname: string): string[] {
    return [...(this.#jars.get(hostname)?.keys() ?? [])];
  }

  #cookies(url: URL): string {
    const jar = this.#jars.get(url.hostname) ?? new Map<string, string>();
    return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep(url: URL, lines: readonly string[]): void {
    const jar = this.#jars.get(url.hostname) ?? new Map<string, string>();
    this.#jars.set(url.hostname, jar);
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";");
      const at = pair.indexOf("=");
      const name = pair.slice(0, at).trim();
      const gone = attributes.some(
        (attribute) =>
          /^\s*max-age=0$/iu.test(attribute) ||
          (/^\s*expires=/iu.test(attribute) &&
            Date.parse(attribute.slice(attribute.indexOf("=") + 1)) <= Date.now()),
      );
      if (gone) jar.delete(name);
      else jar.set(name, pair.slice(at + 1).trim());
    }
  }
}
