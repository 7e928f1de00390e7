/** Shows the device code and waits until it is entered. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { HelpLink } from "@/app/_parts/help/help-link";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { cancelDeviceCode } from "@/app/sign-in/actions";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { QrCode } from "@/components/ui/qr-code";
import { OutsideLink } from "@/components/ui/text-link";
import { Waiting, type WaitStage } from "@/components/wait/waiting";
import type { DeviceSignIn } from "@/lib/openai/chatgpt/device-code";

export default async function DevicePage() {
  const visit = await currentVisit("GET");
  const flow = visit.signIn.device;
  if (!flow) redirect("/sign-in");
  const { state } = flow;
  const t = await getTranslations("device");
  if (state.kind !== "waiting") {
    return (
      <StepFrame step="sign-in" auth="chatgpt" title={t("title")}>
        <Waiting
          what={state.kind === "requesting" ? t("requesting") : t("finishing")}
          since={flow.since}
          stages={await stagesOf(flow)}
          cancel={cancelDeviceCode}
        />
      </StepFrame>
    );
  }
  const left = Math.max(0, Math.ceil((state.expiresAt - Date.now()) / 1000));
  return (
    <StepFrame step="sign-in" auth="chatgpt" title={t("title")} lead={t("lead")}>
      <ol className="space-y-6">
        <li>
          <p className="font-semibold">{t("open")}</p>
          <div className="mt-2 flex flex-wrap items-center gap-6">
            <QrCode text={state.page} label={t("qr", { address: state.page })} />
            <span className="font-mono break-all">
              <OutsideLink href={state.page}>{state.page}</OutsideLink>
            </span>
          </div>
        </li>
        <li>
          <p className="font-semibold">{t("type")}</p>
          <div className="mt-2 flex flex-wrap items-center gap-4">
            <code
              data-testid="user-code"
              className="rounded-lg border border-line bg-surface px-5 py-3 text-3xl font-semibold tracking-[0.15em]"
            >
              {state.userCode}
            </code>
            <CopyButton text={state.userCode} label={t("copy")} copied={t("copied")} />
          </div>
          <p className="mt-2 text-base text-quiet tabular-nums">
            {t("left", { minutes: Math.floor(left / 60), seconds: left % 60 })}
          </p>
        </li>
      </ol>
      <Notice tone="warn" title={t("warning.title")}>
        <p>{t("warning.next")}</p>
      </Notice>
      <Waiting what={t("waiting")} stages={await stagesOf(flow)} cancel={cancelDeviceCode} />
      <p className="mt-3 text-base text-quiet">{t("prerequisite")}</p>
      <HelpLink to="chatgptSettings" />
    </StepFrame>
  );
}

const STAGES = ["code", "typed", "fetched"] as const;
const AT = { requesting: 0, waiting: 1, exchanging: 2, "signed-in": 3, failed: 3 } as const;

/** All three stages are known in advance; `since` belongs to the current one. */
async function stagesOf({ state, since }: DeviceSignIn): Promise<readonly WaitStage[]> {
  const t = await getTranslations("device.stage");
  const at = AT[state.kind];
  return STAGES.map((name, index) => ({
    label: t(name),
    startedAt: index === at ? since : null,
    endedAt: index < at ? since : null,
  }));
}
