/** How often something may happen: so many at once, then so many a second. */

export interface RateLimitOptions {
  /** At once, after a rest. */
  readonly burst: number;
  /** Allowed again, each second. */
  readonly perSecond: number;
  /** Milliseconds, only ever growing. */
  readonly now?: () => number;
}

export class RateLimit {
  private left: number;
  private at: number;
  private readonly now: () => number;

  constructor(private readonly options: RateLimitOptions) {
    this.now = options.now ?? (() => performance.now());
    this.left = options.burst;
    this.at = this.now();
  }

  /** Whole seconds to wait; 0: go ahead, and it has been counted. */
  take(): number {
    const { burst, perSecond } = this.options;
    const now = this.now();
    this.left = Math.min(burst, this.left + ((now - this.at) / 1000) * perSecond);
    this.at = now;
    if (this.left < 1) return Math.max(1, Math.ceil((1 - this.left) / perSecond));
    this.left -= 1;
    return 0;
  }
}
