/** Sketches OpenAI's page of keys: where to look, and where to press. */

export function KeysPageDrawing({ label }: Readonly<{ label: string }>) {
  return (
    <svg
      viewBox="0 0 256 160"
      role="img"
      aria-label={label}
      direction="ltr"
      className="h-auto w-full max-w-64 rounded-lg border border-line bg-surface"
    >
      <g className="fill-line">
        <rect width="256" height="22" className="fill-paper" />
        <circle cx="12" cy="11" r="3" />
        <circle cx="22" cy="11" r="3" />
        <rect x="36" y="6" width="150" height="10" rx="5" />
        <rect x="10" y="36" width="46" height="6" rx="3" />
        <rect x="10" y="50" width="38" height="6" rx="3" />
        <rect x="10" y="86" width="42" height="6" rx="3" />
        <rect x="10" y="100" width="34" height="6" rx="3" />
        <rect x="68" y="22" width="1" height="138" />
        <rect x="84" y="80" width="156" height="1" />
        <rect x="84" y="90" width="60" height="6" rx="3" />
        <rect x="164" y="90" width="40" height="6" rx="3" />
        <rect x="84" y="106" width="156" height="1" />
        <rect x="84" y="116" width="48" height="6" rx="3" />
        <rect x="164" y="116" width="40" height="6" rx="3" />
      </g>
      <rect x="5" y="63" width="58" height="16" rx="4" className="fill-added" />
      <rect x="150" y="34" width="94" height="20" rx="5" className="fill-accent" />
      <g className="font-sans" fontSize="8.5" fontWeight="600">
        <text x="10" y="74" className="fill-ink">
          API keys
        </text>
        <text x="84" y="48" fontSize="11" className="fill-ink">
          API keys
        </text>
        <text x="156" y="47" fontSize="7.5" className="fill-on-accent">
          + Create new secret key
        </text>
        <Mark x={60} y={60} text="1" />
        <Mark x={242} y={32} text="2" />
      </g>
    </svg>
  );
}

function Mark({ x, y, text }: Readonly<{ x: number; y: number; text: string }>) {
  return (
    <>
      <circle cx={x} cy={y} r="8" className="fill-good" />
      <text x={x} y={y + 3} textAnchor="middle" className="fill-surface">
        {text}
      </text>
    </>
  );
}
