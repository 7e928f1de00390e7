/** The type of a page's query, as Next.js passes it. */

export type Asked = Readonly<{
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}>;
