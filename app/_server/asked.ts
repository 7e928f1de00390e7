/** What a page of ours is asked with beside its path: the query, as Next.js gives it. */

export type Asked = Readonly<{
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}>;
