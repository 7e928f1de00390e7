/** Names, as the last words of a browser run, the tests that passed only when run again. */

import type { FullConfig, Reporter, Suite, TestCase } from "@playwright/test/reporter";

export default class PassedAgain implements Reporter {
  #tests: readonly TestCase[] = [];

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#tests = suite.allTests();
  }

  onEnd(): void {
    const again = this.#tests.filter((test) => test.outcome() === "flaky");
    if (again.length === 0) return;
    const names = again.map((test) => `  ${test.titlePath().filter(Boolean).join(" › ")}\n`);
    process.stdout.write(`\nPassed only when run again:\n${names.join("")}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
