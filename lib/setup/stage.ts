/** The stages of work that users wait for, reported as they begin. */

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
