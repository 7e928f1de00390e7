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

/** The stage before it is over then. */
export type TellStage = (stage: StageName) => void;

/** Where nobody watches. */
export const UNWATCHED: TellStage = () => {};
