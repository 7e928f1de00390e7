/** A token bucket: a burst, then a steady rate per second. */

export interface RateLimitOptions {
  readonly burst: number;
  readonly perSecond: number;
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

  /** Returns the whole seconds to wait; 0 allows and counts the event. */
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
