/** Shows an address as a QR code, dark on light in every theme, as cameras need it. */

import { encode } from "uqr";

/** Quiet zone modules on each side (ISO/IEC 18004 requires four). */
const QUIET = 4;

export function QrCode({ text, label }: Readonly<{ text: string; label: string }>) {
  const { data, size } = encode(text, { border: QUIET, ecc: "M" });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      /* A phone cannot scan its own screen. */
      className="size-40 rounded-lg bg-white forced-color-adjust-none [@media(hover:none)_and_(pointer:coarse)]:hidden"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
