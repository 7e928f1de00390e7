import { expect, it } from "vitest";
import { onChange, startJob } from "@/lib/system/job";

it("tells of the end of every job, once its result is there, until nobody listens", async () => {
  const seen: unknown[] = [];
  const job = startJob(async () => "done");
  const heard = new Promise<void>((resolve) => {
    const stop = onChange(() => {
      seen.push(job.result);
      stop();
      resolve();
    });
  });
  await heard;
  expect(seen).toEqual([{ kind: "done", value: "done" }]);
  const failing = startJob(async () => Promise.reject(new Error("broken")));
  const told = new Promise<void>((resolve) => onChange(resolve));
  await told;
  expect(failing.result).toEqual({ kind: "failed" });
  expect(seen).toHaveLength(1);
});

it("tells its stages one after the other, each over when the next begins, the last with the job", async () => {
  const begun: string[] = [];
  const job = startJob(async (_signal, begin: (stage: "copy" | "ask") => void) => {
    await Promise.resolve();
    begin("copy");
    begin("ask");
    begun.push(...job.stages.map(({ name, endedAt }) => `${name} ${endedAt === null}`));
  });
  await job.settled;
  expect(begun).toEqual(["copy false", "ask true"]);
  expect(job.stages.map(({ name, endedAt }) => [name, endedAt !== null])).toEqual([
    ["copy", true],
    ["ask", true],
  ]);
});
