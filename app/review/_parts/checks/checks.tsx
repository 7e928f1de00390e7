/** What the installed OpenClaw says of the plan: preflight, doctor and rehearsal. */

import { DoctorNotice } from "@/app/review/_parts/checks/doctor-notice";
import { PreflightNotice } from "@/app/review/_parts/checks/preflight-notice";
import { RehearsalNotice } from "@/app/review/_parts/checks/rehearsal-notice";
import { NoticeList } from "@/components/ui/notice";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Plan } from "@/lib/setup/types";
import type { Review } from "@/lib/visit/before-write/review";

export interface ChecksProps extends Pick<MachineView, "shown" | "named"> {
  readonly version: string;
  readonly review: Review;
  readonly plan: Plan;
}

export function Checks({ version, review, plan, shown, named }: ChecksProps) {
  const { preflight, doctor, rehearsal } = review;
  return (
    <NoticeList>
      {/* Keeps the wait's height, so that the button below does not move. */}
      <div className="grid min-h-[calc(2lh+2.25rem)]">
        <PreflightNotice job={preflight} version={version} />
      </div>
      {doctor && (
        <div className="grid empty:hidden">
          <DoctorNotice job={doctor} version={version} />
        </div>
      )}
      {rehearsal && (
        <div className="grid min-h-[calc(5lh+2.25rem)] empty:hidden">
          <RehearsalNotice
            job={rehearsal}
            plan={plan}
            version={version}
            shown={shown}
            named={named}
          />
        </div>
      )}
    </NoticeList>
  );
}
