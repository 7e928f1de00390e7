/** The parts of the work that people wait for, by name; whoever does it tells which has begun. */

export type StageName =
  | "validate"
  | "validate-before"
  | "import"
  | "model-run"
  | "runtime"
  | "turn"
  | "doctor"
  | "doctor-validate"
  | "gateway-end"
  | "copies"
  | "stored"
  | "order"
  | "files"
  | "put-back"
  | "gateway-again"
  | "look"
  | "ask"
  | "install-node"
  | "install-openclaw";

/** Ends the previous stage. */
export type TellStage = (stage: StageName) => void;

export const UNWATCHED: TellStage = () => {};
