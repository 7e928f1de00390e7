/** Phrases a credential for use within a sentence. */

import { useTranslations } from "next-intl";
import type { Credential } from "@/lib/setup/verify/credential-in-use";

export function useCredentialWords(): (credential: Credential) => string {
  const t = useTranslations("credential");
  return (credential) => {
    switch (credential.kind) {
      case "login":
        return credential.account === ""
          ? t("loginUnnamed")
          : t("login", { account: credential.account });
      case "unknown":
        return credential.words === "" ? t("unknown") : credential.words;
      default:
        if (credential.key === "") return t(credential.kind);
        // A release's mask may show no character of the key.
        if (!/[\p{L}\p{N}]/u.test(credential.key)) return t("yourKey");
        return t("withKey", { place: t(credential.kind), key: credential.key });
    }
  };
}
