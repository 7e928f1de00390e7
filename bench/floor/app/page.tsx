/** The least a page can be. */

export const metadata = { title: "Floor" };

export default function Page() {
  return (
    <main>
      <h1>Floor</h1>
      <button type="button">Nothing</button>
    </main>
  );
}
