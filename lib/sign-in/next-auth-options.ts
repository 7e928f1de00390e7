/** Configures next-auth for ChatGPT: the provider, its checks and the cookies. */

import { AsyncLocalStorage } from "node:async_hooks";
import type { NextAuthOptions } from "next-auth";
import type { TokenEndpointHandler } from "next-auth/providers/oauth";
import {
  authorizeParameters,
  CLIENT_ID,
  type Issuer,
  redirectUri,
} from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { problem, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { exchangeCode, type TokenEndpointOptions } from "@/lib/openai/chatgpt/token-endpoint";
import { err, type Result } from "@/lib/result";
import type { AuthCookie } from "@/lib/sign-in/next-auth-call";
import { PROVIDER_ID } from "@/lib/sign-in/route";
import type { TokenStore } from "@/lib/sign-in/token-store";

const SESSION_SECONDS = 8 * 60 * 60;

export interface SignInSettings {
  readonly issuer: Issuer;
  readonly store: TokenStore<ChatGptLogin>;
  readonly secret: string;
  /** Separates the cookies of servers on different ports, which share them. */
  readonly cookiePrefix: string;
  readonly page: string;
  /** Makes the service ask for the account instead of using its own session. */
  readonly askAccount?: boolean;
  /** Only 1455 is registered; tests use others. */
  readonly callbackPort?: number;
  readonly http?: TokenEndpointOptions;
}

const failures = new AsyncLocalStorage<{ problem: SignInProblem | null }>();

/** Captures why a sign-in failed, since next-auth drops the reason. */
export async function withSignInProblem<T>(
  run: () => Promise<T>,
): Promise<{ readonly value: T; readonly problem: SignInProblem | null }> {
  const noted: { problem: SignInProblem | null } = { problem: null };
  const value = await failures.run(noted, run);
  return { value, problem: noted.problem };
}

export function nextAuthOptions(settings: SignInSettings): NextAuthOptions {
  const { issuer } = settings;
  return {
    secret: settings.secret,
    useSecureCookies: false,
    cookies: cookies(settings.cookiePrefix),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: settings.page, error: settings.page, signOut: settings.page },
    logger: { error: noteProblem, warn: () => {}, debug: () => {} },
    providers: [
      {
        id: PROVIDER_ID,
        name: "ChatGPT",
        type: "oauth",
        clientId: CLIENT_ID,
        client: { token_endpoint_auth_method: "none" },
        issuer: issuer.href,
        checks: ["pkce", "state"],
        authorization: {
          url: issuer.authorize.href,
          params: {
            ...authorizeParameters(settings.callbackPort),
            ...(settings.askAccount ? { prompt: "login" } : {}),
          },
        },
        token: { url: issuer.token.href, request: tokenRequest(settings) },
        userinfo: { request: async ({ tokens }) => ({ sub: String(tokens["login_id"]) }) },
        profile: (profile: { sub: string }) => ({ id: profile.sub }),
      },
    ],
    callbacks: {
      async jwt({ token, account }) {
        // Only this id leaves the server, inside an encrypted cookie.
        const loginId = account?.["login_id"] ?? token["login_id"];
        return typeof loginId === "string" ? { login_id: loginId } : {};
      },
      async redirect({ url, baseUrl }) {
        // Allows only paths of this app, to prevent open redirects.
        const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
        return target?.origin === new URL(baseUrl).origin ? target.href : baseUrl;
      },
    },
  };
}

/** Null without a valid cookie; `login` is null once it is deleted. */
export async function readSession(
  cookie: (name: string) => string | undefined,
  settings: Pick<SignInSettings, "secret" | "cookiePrefix" | "store">,
): Promise<{ readonly loginId: string; readonly login: ChatGptLogin | null } | null> {
  const token = cookie(sessionCookieName(settings.cookiePrefix));
  if (!token) return null;
  const { decode } = await import("next-auth/jwt");
  const session = await decode({ token, secret: settings.secret }).catch(() => null);
  const loginId = session?.["login_id"];
  if (typeof loginId !== "string") return null;
  return { loginId, login: await settings.store.get(loginId) };
}

export function sessionCookieName(prefix: string): string {
  return `${prefix}.session`;
}

export function spentCookies(prefix: string): AuthCookie[] {
  return ["state", "pkce"].map((name) => ({
    name: `${prefix}.${name}`,
    value: "",
    expires: new Date(0),
  }));
}

/** openid-client checks state and PKCE; the request is ours, to use the proxy, set limits and report errors. */
function tokenRequest(settings: SignInSettings): NonNullable<TokenEndpointHandler["request"]> {
  return async ({ client, params, checks }) => {
    const { issuer, callbackPort, http } = settings;
    const fixedUri = redirectUri(callbackPort);
    // This stays without a code, as openid-client would then accept tokens from the address.
    const exchange: { result: Result<ChatGptLogin, SignInProblem> } = {
      result: err(problem("code-missing")),
    };
    client.grant = async ({ code, code_verifier: codeVerifier, redirect_uri }) => {
      if (
        redirect_uri === fixedUri &&
        typeof code === "string" &&
        typeof codeVerifier === "string"
      ) {
        const sent = { code, codeVerifier, redirectUri: fixedUri };
        exchange.result = await exchangeCode(issuer, sent, http);
      }
      // next-auth receives only the id of the login, never the tokens.
      return {} as Awaited<ReturnType<typeof client.grant>>;
    };
    const { iss, ...rest } = params;
    // The service's documentation does not fix the trailing slash of its issuer.
    const own = typeof iss === "string" && iss.replace(/\/$/u, "") === issuer.href;
    try {
      await client.oauthCallback(fixedUri, own ? rest : params, checks);
    } catch (thrown) {
      exchange.result = err(problemOf(thrown));
    }
    const { result } = exchange;
    if (!result.ok) throw note(result.error);
    return { tokens: { login_id: await settings.store.put(result.value) } };
  };
}

/** Keeps the first failure of a request, since the rest follow from it. */
function note(reason: SignInProblem): Error {
  const noted = failures.getStore();
  if (noted && !noted.problem) noted.problem = reason;
  return new Error(reason.code);
}

function noteProblem(_code: string, metadata: Error | { error?: unknown }): void {
  note(problemOf("error" in metadata ? metadata.error : metadata));
}

function problemOf(thrown: unknown): SignInProblem {
  const words = thrown instanceof Error ? thrown.message : "";
  if (/state mismatch|state missing|state argument|iss mismatch/iu.test(words)) {
    return problem("state-mismatch");
  }
  // The cookies are missing, expired or sealed with another secret.
  if (/cookie was|could not be parsed|decryption|compact JWE|exp.* claim/iu.test(words)) {
    return problem("session-lost");
  }
  return problem("unexpected");
}

function cookies(prefix: string): NonNullable<NextAuthOptions["cookies"]> {
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: false } as const;
  const cookie = (name: string) => ({ name: `${prefix}.${name}`, options });
  const short = (name: string) => ({
    name: `${prefix}.${name}`,
    options: { ...options, maxAge: 10 * 60 },
  });
  return {
    sessionToken: { name: sessionCookieName(prefix), options },
    csrfToken: cookie("csrf"),
    callbackUrl: cookie("callback-url"),
    state: short("state"),
    pkceCodeVerifier: short("pkce"),
    nonce: short("nonce"),
  };
}
